/** The origin of the data of a preview. `outputJsonPreview`: the file has no data, so its own picture of the widget is shown. */
export type DataOrigin = 'defaultState' | 'outputJsonPreview' | 'jsonSchema' | 'none';
