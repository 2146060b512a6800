import type { Json, JsonObject } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { sampleData } from './sampleData.ts';
import type { WidgetFile } from './widgetFile.ts';

/** The origin of the data of a preview. */
export type DataOrigin = 'defaultState' | 'jsonSchema' | 'none';

/** Returns the data of a `.widget` file: the default state of the designer, else data generated from the schema. */
export function previewData(file: WidgetFile): { readonly data: JsonObject; readonly origin: DataOrigin } {
  const state = file.studio?.defaultState;
  if (state) return { data: state, origin: 'defaultState' };
  const sample: Json = file.jsonSchema ? sampleData(file.jsonSchema) : null;
  return isJsonObject(sample) ? { data: sample, origin: 'jsonSchema' } : { data: {}, origin: 'none' };
}
