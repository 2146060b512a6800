import * as vscode from 'vscode';
import { type JsonObject, isJsonObject } from '../../base/common/json.ts';
import { partScheme } from '../../chatkit/vscode/ids.ts';
import type { Completion } from '../common/authoring/completion.ts';
import { readPart } from '../common/authoring/widgetParts.ts';
import { JsonPositions } from '../common/preview/jsonPositions.ts';
import { loadAuthoring } from './documentPreviews.ts';
import { partRef, partUri } from './fileNames.ts';

/** The language of the template of a `.widget` file in its own editor. */
export const templateLanguage = 'chatkit-widget-template';

/** Longer templates have no suggestions and no formatting, in characters. */
const maxTemplate = 300_000;

const selector: vscode.DocumentSelector = { language: templateLanguage, scheme: partScheme };

/** Completion, hovers, definitions, folding and formatting of templates. */
export function registerTemplateLanguage(): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(selector, { provideCompletionItems }, '"', '.', '|', ' ', ':'),
    languages.registerHoverProvider(selector, { provideHover }),
    languages.registerDefinitionProvider(selector, { provideDefinition }),
    languages.registerFoldingRangeProvider(selector, { provideFoldingRanges }),
    languages.registerDocumentFormattingEditProvider(selector, { provideDocumentFormattingEdits }),
  );
}

/** The template and the offset in it; null for a template that is too long. */
function place(document: vscode.TextDocument, position: vscode.Position): { text: string; offset: number } | null {
  const text = document.getText();
  return text.length > maxTemplate ? null : { text, offset: document.offsetAt(position) };
}

/** The `jsonSchema` of the file; null if it has none or cannot be read. */
async function schemaOf(document: vscode.TextDocument): Promise<JsonObject | null> {
  const ref = partRef(document.uri);
  if (ref === null) return null;
  try {
    const file = await vscode.workspace.openTextDocument(ref.file);
    const read = readPart(file.getText(), 'schema');
    const schema: unknown = read.ok ? JSON.parse(read.text) : null;
    return isJsonObject(schema) ? schema : null;
  } catch {
    return null;
  }
}

function rangeOf(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  component: vscode.CompletionItemKind.Class,
  property: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  variable: vscode.CompletionItemKind.Variable,
  function: vscode.CompletionItemKind.Function,
  keyword: vscode.CompletionItemKind.Keyword,
  filter: vscode.CompletionItemKind.Method,
};

async function provideCompletionItems(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CompletionItem[] | undefined> {
  const at = place(document, position);
  if (at === null) return undefined;
  const authoring = await loadAuthoring();
  const { start, end, items } = authoring.complete(at.text, at.offset, await schemaOf(document));
  const range = rangeOf(document, start, end);
  return items.map((item, index) => {
    const completion = new vscode.CompletionItem({ label: item.label, description: item.detail }, kinds[item.kind]);
    completion.range = range;
    completion.insertText = item.isSnippet ? new vscode.SnippetString(item.insert) : item.insert;
    // The text before the cursor may start with a quote or a dot that is replaced too.
    completion.filterText = document.getText(range).slice(0, 1) === item.insert.slice(0, 1) ? item.insert : item.label;
    if (/^[.["]/.test(document.getText(range)))
      completion.filterText = document.getText(range).slice(0, 1) + item.label;
    completion.sortText = String(index).padStart(5, '0');
    if (item.documentation !== '') completion.documentation = item.documentation.replaceAll('`', '');
    // Another list follows immediately: that of the values.
    if (item.kind === 'property' && item.isSnippet) {
      completion.command = { command: 'editor.action.triggerSuggest', title: '' };
    }
    return completion;
  });
}

async function provideHover(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const at = place(document, position);
  if (at === null) return undefined;
  const authoring = await loadAuthoring();
  const hover = authoring.hover(at.text, at.offset, await schemaOf(document));
  if (hover === null) return undefined;
  const content = new vscode.MarkdownString();
  content.appendMarkdown('**').appendText(hover.title).appendMarkdown('** ').appendText(hover.detail);
  if (hover.text !== '') content.appendMarkdown('\n\n').appendText(hover.text.slice(0, 1_000));
  if (hover.words.length > 0) content.appendCodeblock(hover.words.join('  '), 'text');
  return new vscode.Hover(content, rangeOf(document, hover.start, hover.end));
}

async function provideDefinition(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Location | undefined> {
  const at = place(document, position);
  if (at === null) return undefined;
  const authoring = await loadAuthoring();
  const definition = authoring.define(at.text, at.offset, await schemaOf(document));
  if (definition === null) return undefined;
  if (definition.kind === 'template') {
    return new vscode.Location(document.uri, rangeOf(document, definition.start, definition.end));
  }
  const ref = partRef(document.uri);
  if (ref === null) return undefined;
  const schema = await vscode.workspace.openTextDocument(partUri({ file: ref.file, part: 'schema' }));
  const { offset, length } = new JsonPositions(schema.getText()).rangeOf(definition.pointer);
  return new vscode.Location(schema.uri, rangeOf(schema, offset, offset + length));
}

async function provideFoldingRanges(document: vscode.TextDocument): Promise<vscode.FoldingRange[] | undefined> {
  const text = document.getText();
  if (text.length > maxTemplate) return undefined;
  const authoring = await loadAuthoring();
  return authoring.fold(text).map(({ start, end, isComment }) => {
    return new vscode.FoldingRange(start, end, isComment ? vscode.FoldingRangeKind.Comment : undefined);
  });
}

async function provideDocumentFormattingEdits(
  document: vscode.TextDocument,
  { tabSize, insertSpaces }: vscode.FormattingOptions,
): Promise<vscode.TextEdit[] | undefined> {
  const text = document.getText();
  if (text.length > maxTemplate) return undefined;
  const authoring = await loadAuthoring();
  const formatted = authoring.format(text, insertSpaces ? ' '.repeat(tabSize) : '\t');
  if (formatted === null || formatted === text) return [];
  return [vscode.TextEdit.replace(rangeOf(document, 0, text.length), formatted)];
}
