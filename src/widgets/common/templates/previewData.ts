import type { Json, JsonObject } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import type { PyDict } from '../jinja/values/dictionary.ts';
import { pythonData, pythonDataOfText } from './pythonData.ts';
import type { TemplateProblem } from './problems.ts';
import { renderTemplate } from './render.ts';
import { sampleData } from './sampleData.ts';
import type { WidgetFile } from './widgetFile.ts';
import type { DataOrigin } from '../dataOrigin.ts';

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
