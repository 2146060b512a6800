import type * as vscode from 'vscode';
import type { DataChoice, WidgetPreview } from '../../domain/widgets/preview/preview.ts';
import { previewFile } from '../../domain/widgets/preview/previewFile.ts';
import { previewJson } from '../../domain/widgets/preview/previewJson.ts';
import { isWidgetFile, isWidgetJson } from './names.ts';

interface Made {
  readonly version: number;
  readonly choice: DataChoice;
  readonly selected: number;
  readonly preview: WidgetPreview;
}

/** The last one of each document: its page and its marks ask for the same. */
const made = new WeakMap<vscode.TextDocument, Made>();

/** What a document draws now and what is wrong with it. `selected`: which of its widgets, where it holds several. */
export function previewOf(document: vscode.TextDocument, choice: DataChoice, selected = 0): WidgetPreview {
  const last = made.get(document);
  if (last?.version === document.version && last.choice === choice && last.selected === selected) return last.preview;
  const text = document.getText();
  const preview = isWidgetFile(document.uri)
    ? previewFile(text, choice)
    : previewJson(text, { selected, hasSchema: isWidgetJson(document.uri) });
  made.set(document, { version: document.version, choice, selected, preview });
  return preview;
}
