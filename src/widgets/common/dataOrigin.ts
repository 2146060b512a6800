/**
 * The origin of the data of a preview. Without data in the file: `derived` explains its `outputJsonPreview`; `outputJsonPreview`
 * itself is shown if none is known to explain it.
 */
export type DataOrigin = 'defaultState' | 'derived' | 'outputJsonPreview' | 'jsonSchema' | 'none';
