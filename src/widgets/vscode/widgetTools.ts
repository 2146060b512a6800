// Everything that reads and draws the documents of widgets, as one bundle, loaded when the first of them is open.
export { Companions } from './companions.ts';
export { DocumentPreviews } from './documentPreviews.ts';
export { fillWidgetEditor } from './editor.ts';
export { FilePreviews } from './filePreviews.ts';
export { widgetMarks } from './marks.ts';
export { openWidgetText } from './openWidgetText.ts';
export { WidgetPanels } from './panels.ts';
export { previewWidget } from './previewWidget.ts';
export { wakeJson } from './wakeJson.ts';
