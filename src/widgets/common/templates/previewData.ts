import type { Json, JsonObject } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { sampleData } from './sampleData.ts';
import type { WidgetFile } from './widgetFile.ts';

/** Where a preview's data comes from. */
export type DataOrigin = 'defaultState' | 'jsonSchema' | 'none';

/** Data to draw a `.widget` file with: the designer's own, else made from its schema. */
export function previewData(file: WidgetFile): { readonly data: JsonObject; readonly origin: DataOrigin } {
  const state = file.studio?.defaultState;
  if (state) return { data: state, origin: 'defaultState' };
  const sample: Json = file.jsonSchema ? sampleData(file.jsonSchema) : null;
  return isJsonObject(sample) ? { data: sample, origin: 'jsonSchema' } : { data: {}, origin: 'none' };
}
