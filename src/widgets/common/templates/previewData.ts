import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { pointerStep } from '../problems.ts';
import type { PyDict } from '../jinja/values/dictionary.ts';
import type { DataOrigin } from '../dataOrigin.ts';
import { pythonData, pythonDataOfText } from './pythonData.ts';
import type { TemplateProblem } from './problems.ts';
import { renderTemplate } from './render.ts';
import { sampleData } from './sampleData.ts';
import type { WidgetFile } from './widgetFile.ts';

interface PreviewValues {
  readonly data: JsonObject;
  /** Makes the Python values. Each rendering needs its own: a template can change them. */
  readonly python: () => PyDict;
  readonly origin: DataOrigin;
  /** The problem without the optional properties that the data contains; null if it contains none. */
  readonly needed: TemplateProblem | null;
}

/** The data of a `.widget` file: the default state, otherwise data generated from the schema. */
export function previewData(file: WidgetFile): PreviewValues {
  const { studio, outputJsonPreview } = file;
  const state = studio?.defaultState;
  if (studio && state) {
    const python = () => pythonDataOfText(studio.text, state, 'defaultState');
    return { data: state, python, origin: 'defaultState', needed: null };
  }
  const values = generatedData(file);
  return outputJsonPreview === null ? values : { ...values, origin: 'outputJsonPreview' };
}

/**
 * Data generated from the schema; empty where the file has none, or one that does not describe an object. Optional properties
 * are omitted unless the template needs them.
 */
export function generatedData({ jsonSchema, template }: WidgetFile): PreviewValues {
  const sample: Json = jsonSchema ? sampleData(jsonSchema) : null;
  if (!jsonSchema || !isJsonObject(sample)) {
    return { data: {}, python: () => pythonData({}), origin: 'none', needed: null };
  }
  const result = renderTemplate(template, sample);
  if (!result.ok) {
    const complete = sampleData(jsonSchema, true);
    if (isJsonObject(complete) && renderTemplate(template, complete).ok) return generated(complete, result.problem);
  }
  return generated(sample, null);
}

function generated(data: JsonObject, needed: TemplateProblem | null): PreviewValues {
  return { data, python: () => pythonData(data), origin: 'jsonSchema', needed };
}

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
