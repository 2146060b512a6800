import * as l10n from '@vscode/l10n';
import { type Node, parseTree } from 'jsonc-parser';
import { JsonPositions } from '../preview/jsonPositions.ts';
import { decodeWidget, encodeWidget } from '../templates/widgetFile.ts';

/** The parts of a `.widget` file that are edited as texts of their own. */
export type PartName = 'template' | 'schema' | 'data';

type PartText =
  | { readonly ok: true; readonly text: string }
  /** The file has no such part, or it cannot be found in the text. `message` is localized. */
  | { readonly ok: false; readonly message: string };

/** A replacement in the text of the file, in characters. */
interface PartEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

type PartChange =
  | {
      readonly ok: true;
      /** Null if the file already has this text. */
      readonly edit: PartEdit | null;
      /** The text of the part after the edit. */
      readonly text: string;
    }
  | { readonly ok: false; readonly message: string };

/** The property of the file that contains the part. */
const properties: Readonly<Record<PartName, string>> = {
  template: 'template',
  schema: 'jsonSchema',
  data: 'encodedWidget',
};

/** Longer files are not edited in parts, in characters. */
const maxFile = 4_000_000;

/** Returns the text of a part of a `.widget` file. The file may be incomplete, as long as the part is found. */
export function readPart(file: string, part: PartName): PartText {
  const root = parse(file);
  return root === null ? { ok: false, message: unreadable() } : partIn(file, root, part);
}

function partIn(file: string, root: Node, part: PartName): PartText {
  const node = propertyOf(root, properties[part]);
  if (part === 'schema') {
    return { ok: true, text: node === undefined ? emptySchema : dedent(file, node) };
  }
  if (node !== undefined && node.type !== 'string') return { ok: false, message: unreadable() };
  const value = node === undefined ? undefined : String(node.value);
  if (part === 'template')
    return value === undefined ? { ok: false, message: unreadable() } : { ok: true, text: value };
  return readData(value);
}

const emptySchema = '{\n  "type": "object",\n  "properties": {}\n}\n';
const emptyData = '{}\n';

function unreadable(): string {
  return l10n.t('The widget file cannot be read. Fix its JSON first.');
}

function parse(file: string): Node | null {
  if (file.length > maxFile) return null;
  try {
    const root = parseTree(file);
    return root?.type === 'object' ? root : null;
  } catch {
    // The file is nested too deeply for the parser.
    return null;
  }
}

/** The value of a property. Of several with the same name the last one counts. */
function propertyOf(root: Node, name: string): Node | undefined {
  return root.children?.findLast(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

function readData(encoded: string | undefined): PartText {
  if (encoded === undefined) return { ok: true, text: emptyData };
  const document = decodeWidget(encoded);
  const root = document === null ? null : parse(document);
  if (document === null || root === null) {
    return { ok: false, message: l10n.t('The sample data (encodedWidget) of the file cannot be read.') };
  }
  const node = propertyOf(root, 'defaultState');
  if (node === undefined) return { ok: true, text: emptyData };
  const raw = document.slice(node.offset, node.offset + node.length);
  return { ok: true, text: raw.includes('\n') ? `${raw}\n` : `${indentJson(raw)}\n` };
}

/** Indents JSON on one line without changing its numbers and strings. */
function indentJson(text: string): string {
  let printed = '';
  let level = 0;
  const newLine = () => `\n${'  '.repeat(level)}`;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    const last = printed.at(-1) ?? '';
    if (token === '}' || token === ']') {
      level -= 1;
      printed += (last === '{' || last === '[' ? '' : newLine()) + token;
      continue;
    }
    if (last === '{' || last === '[' || (last === ',' && token !== ',')) printed += newLine();
    printed += token === ':' ? ': ' : token;
    if (token === '{' || token === '[') level += 1;
  }
  return printed;
}

/**
 * Returns the change of the file that gives a part the text. Only the differing characters are replaced, so that cursors and
 * decorations in the file stay where they are.
 */
export function changePart(file: string, part: PartName, text: string): PartChange {
  const root = parse(file);
  if (root === null) return { ok: false, message: unreadable() };
  const before = partIn(file, root, part);
  if (!before.ok) return before;
  const node = propertyOf(root, properties[part]);
  if (part === 'template') return changeTemplate(file, before.text, withoutReturns(text, before.text));
  const json = text.replaceAll('\r\n', '\n').trim();
  if (!isObject(json)) return { ok: false, message: l10n.t('The text must be a JSON object.') };
  if (json === before.text.trim()) return { ok: true, edit: null, text: before.text };
  const written = part === 'schema' ? indentAt(file, node, json) : JSON.stringify(encode(node, json));
  const edit = node === undefined ? insertion(file, root, properties[part], written) : minimal(file, node, written);
  const isSame = edit.length === 0 && edit.text === '';
  return { ok: true, edit: isSame ? null : edit, text: `${json.includes('\n') ? json : indentJson(json)}\n` };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Editors use one kind of line break. The template keeps its own. */
function withoutReturns(text: string, before: string): string {
  return before.includes('\r\n') ? text : text.replaceAll('\r\n', '\n');
}

function changeTemplate(file: string, before: string, after: string): PartChange {
  if (sameLines(before, after)) return { ok: true, edit: null, text: before };
  // An editor may show the text with other line breaks. Then it is replaced as a whole.
  const [start, end] = differing(before, after);
  const positions = new JsonPositions(file);
  const removed = before.length - start - end;
  const range = positions.rangeInString('/template', { offset: start, length: removed });
  const inserted = JSON.stringify(after.slice(start, after.length - end)).slice(1, -1);
  return {
    ok: true,
    edit: { offset: range.offset, length: removed === 0 ? 0 : range.length, text: inserted },
    text: after,
  };
}

/** Whether two texts are equal apart from their kind of line breaks. */
export function sameLines(one: string, other: string): boolean {
  return one === other || one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}

/** The number of equal characters at the start and at the end of two texts. No character is split. */
export function differing(before: string, after: string): readonly [start: number, end: number] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  if (isHighSurrogate(before.charCodeAt(start - 1))) start -= 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end -= 1;
  return [Math.max(0, start), end];
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Replaces what differs between the text of a node and its new text. */
function minimal(file: string, { offset, length }: Node, written: string): PartEdit {
  const before = file.slice(offset, offset + length);
  const [start, end] = differing(before, written);
  return {
    offset: offset + start,
    length: before.length - start - end,
    text: written.slice(start, written.length - end),
  };
}

/** Adds a property at the end of the file's object. */
function insertion(file: string, root: Node, name: string, written: string): PartEdit {
  const last = root.children?.at(-1);
  const at = last === undefined ? root.offset + 1 : last.offset + last.length;
  const indent = last === undefined ? '  ' : indentOf(file, last.offset);
  const text = `${last === undefined ? '' : ','}\n${indent}"${name}": ${written}`;
  return { offset: at, length: 0, text: last === undefined ? `${text}\n` : text };
}

/** The white space at the start of the line of an offset. */
function indentOf(file: string, offset: number): string {
  const line = file.slice(file.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function dedent(file: string, { offset, length }: Node): string {
  const indent = indentOf(file, offset);
  const raw = file.slice(offset, offset + length).replaceAll('\r\n', '\n');
  if (!raw.includes('\n')) return `${indentJson(raw)}\n`;
  return `${raw.replaceAll(`\n${indent}`, '\n')}\n`;
}

function indentAt(file: string, node: Node | undefined, json: string): string {
  const indent = node === undefined ? '  ' : indentOf(file, node.offset);
  return json.replaceAll('\n', `\n${indent}`);
}

/** The document of the designer with other sample data. A file without one gets a document that contains only the data. */
function encode(node: Node | undefined, json: string): string {
  const document = node === undefined ? '{}' : (decodeWidget(String(node.value)) ?? '{}');
  const root = parse(document);
  const state = root === null ? undefined : propertyOf(root, 'defaultState');
  let text: string;
  if (root === null) text = `{"defaultState":${json}}`;
  else if (state !== undefined) {
    text = document.slice(0, state.offset) + json + document.slice(state.offset + state.length);
  } else {
    const { offset, length, text: added } = insertion(document, root, 'defaultState', json);
    text = document.slice(0, offset) + added + document.slice(offset + length);
  }
  return encodeWidget(text);
}

/** A line and a character in it, both from 0. */
interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Converts an offset of a text to a position that is the same with other line breaks. */
export function linePosition(text: string, offset: number): LinePosition {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
