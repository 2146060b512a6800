import { parseJson } from '../../../base/common/parseJson.ts';
import type { Json } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { componentSpec } from '../catalogue.ts';
import { pointerStep } from '../problems.ts';
import { maybeWidget } from './maybeWidget.ts';

export interface FoundWidget {
  /** JSON pointer to the widget in the document. */
  readonly pointer: string;
  readonly value: Json;
  /** The JSON text if the document contains the widget as a string, as the REST API sends it (chatkit-api 4.3); else null. */
  readonly text: string | null;
  /** `copy_text` of the item that contains it (chatkit-api 5.5). */
  readonly copyText?: string;
}

const maxWidgets = 100;
const maxVisited = 200_000;

/**
 * Finds the widgets in a JSON document (a widget, a thread item, a page of items…), in reading order: all objects that can be
 * the root of a widget. Does not search inside widgets.
 */
export function findWidgets(json: Json): readonly FoundWidget[] {
  // A document that is a component is always a widget; a component that cannot be a root is reported as a problem.
  if (isComponent(json, false)) return [{ pointer: '', value: json, text: null }];
  const found: FoundWidget[] = [];
  let visited = 0;
  // An explicit stack: documents can be nested more deeply than calls.
  const stack: { readonly value: Json; readonly pointer: string; readonly copyText?: string }[] = [
    { value: json, pointer: '' },
  ];
  for (let top = stack.pop(); top && found.length < maxWidgets && visited < maxVisited; top = stack.pop()) {
    visited += 1;
    const { value, pointer } = top;
    const copied = top.copyText === undefined ? {} : { copyText: top.copyText };
    if (typeof value === 'string') {
      const encoded = parseWidgetText(value);
      if (encoded !== undefined) found.push({ pointer, value: encoded, text: value, ...copied });
    } else if (isComponent(value, true)) {
      found.push({ pointer, value, text: null, ...copied });
    } else if (typeof value === 'object' && value !== null) {
      const copyText = isJsonObject(value) ? value['copy_text'] : undefined;
      const own = typeof copyText === 'string' ? { copyText } : {};
      for (const [key, inner] of Object.entries(value).toReversed()) {
        stack.push({ value: inner as Json, pointer: pointer + pointerStep(key), ...(key === 'widget' ? own : {}) });
      }
    }
  }
  return found;
}

function isComponent(value: Json, asRoot: boolean): boolean {
  if (!isJsonObject(value) || typeof value['type'] !== 'string') return false;
  const spec = componentSpec(value['type']);
  return spec !== undefined && (!asRoot || spec.root === true);
}

function parseWidgetText(text: string): Json | undefined {
  if (!/^\s{0,100}\{/.test(text) || !maybeWidget(text.slice(0, 2_000))) return undefined;
  try {
    const value = parseJson(text);
    return isComponent(value, true) ? value : undefined;
  } catch {
    return undefined;
  }
}
