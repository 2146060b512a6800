import type { Json } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { pointerStep } from '../problems.ts';

export interface PreviewDifference {
  /** JSON pointer. */
  readonly path: string;
  /** `missing`: only in `outputJsonPreview`; `extra`: only in the rendered widget; `changed`: different values. */
  readonly kind: 'missing' | 'extra' | 'changed';
}

const maxDifferences = 100;

/**
 * Returns the differences between a rendered widget and `outputJsonPreview` of the file. `null` counts as absent, as in the
 * output of the Python package; the order of keys does not matter.
 */
export function previewDifferences(preview: Json, rendered: Json): readonly PreviewDifference[] {
  const differences: PreviewDifference[] = [];
  compare(preview, rendered, '', differences);
  return differences;
}

function compare(preview: Json, rendered: Json, path: string, found: PreviewDifference[]): void {
  if (found.length >= maxDifferences) return;
  if (preview === null && rendered === null) return;
  if (preview === null) found.push({ path, kind: 'extra' });
  else if (rendered === null) found.push({ path, kind: 'missing' });
  else if (isJsonObject(preview) && isJsonObject(rendered)) {
    for (const key of new Set([...Object.keys(preview), ...Object.keys(rendered)])) {
      compare(own(preview, key), own(rendered, key), path + pointerStep(key), found);
    }
  } else if (Array.isArray(preview) && Array.isArray(rendered)) {
    const left = preview as readonly Json[];
    const right = rendered as readonly Json[];
    for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
      compare(left[index] ?? null, right[index] ?? null, path + pointerStep(index), found);
    }
  } else if (preview !== rendered) found.push({ path, kind: 'changed' });
}

function own(object: { readonly [key: string]: Json }, key: string): Json {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}
