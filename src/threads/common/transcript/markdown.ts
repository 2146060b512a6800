import { exactJson, withNumbersOf } from '../../../base/common/parseJson.ts';
import { longestBackquotes } from '../../../base/common/lists.ts';
import { type Json, type JsonValue, isJsonObject } from '../../../base/common/json.ts';

/** Returns a fenced block whose fence is longer than any fence in the text, so that the text cannot end it. */
export function fenced(text: string, language = ''): string {
  const maxTicks = Math.max(2, longestBackquotes(text));
  const fence = '`'.repeat(maxTicks + 1);
  return `${fence}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** Returns formatted JSON; text that is not valid JSON is unchanged. `sorted` sorts keys, for comparing. */
export function jsonBlock(value: JsonValue, sorted = false): string {
  if (value.form === 'absent') return '';
  if (value.form === 'invalid') return fenced(value.text);
  return fenced(exactJson(sorted ? sortKeys(value.value) : value.value, 2), 'json');
}

/** Returns inline code for any text. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const maxTicks = longestBackquotes(line);
  const ticks = '`'.repeat(maxTicks + 1);
  return maxTicks === 0 ? `\`${line}\`` : `${ticks} ${line} ${ticks}`;
}

/** Escapes plain text for a line of Markdown. Escapes only characters that Markdown would interpret. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\\(?=[!-/:-@[-`{-~])|[`*[$~]|<(?=[a-z/!?])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)/gi, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/^[-+=>#]|#$/g, '\\$&');
}

/**
 * Returns plain text as a block that reads the same raw and rendered: a paragraph when Markdown would not interpret any
 * character, else a fenced block.
 */
export function plainBlock(text: string): string {
  const line = text.trim();
  return !line.includes('\n') && escaped(line) === line ? line : fenced(text, 'text');
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) {
    return withNumbersOf(
      value,
      value.map((element) => sortKeys(element as Json)),
    );
  }
  if (!isJsonObject(value)) return value;
  const sorted = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => [key, sortKeys(entry)] as const);
  return withNumbersOf(value, Object.fromEntries(sorted));
}

/**
 * Isolates Markdown from a server or user in a block quote. The end of the quote closes all open constructs (fences, lists,
 * headings). HTML is escaped.
 */
export function quotedMarkdown(text: string): string {
  return withoutHtml(text.split(/\r\n|\r|\n/))
    .map((line) => (line.trim() === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** Escapes the start of HTML tags, except in code, where tags have no effect and the escape would be visible. */
function withoutHtml(lines: readonly string[]): readonly string[] {
  let fence: string | null = null;
  let spansAreClear = true;
  return lines.map((line) => {
    if (fence !== null) {
      if (closes(line, fence)) fence = null;
      return line;
    }
    // An indented fence can belong to a list and end with it.
    fence = /^(`{3,})[^`]*$/.exec(line)?.[1] ?? /^(~{3,})/.exec(line)?.[1] ?? null;
    if (fence !== null || line.trim() === '') {
      spansAreClear = true;
      return line;
    }
    spansAreClear &&= hasClearSpans(line);
    return spansAreClear
      ? line.replace(codeOrTag, (match) => (match.startsWith('`') ? match : '&lt;'))
      : escapeTags(line);
  });
}

const tagStart = /<(?=[a-z/!?])(?!(?:https?|mailto):[^\s<>]*>)/;
const codeOrTag = new RegExp(`\`[^\`]*\`|${tagStart.source}`, 'gi');

function escapeTags(line: string): string {
  return line.replace(new RegExp(tagStart, 'gi'), '&lt;');
}

/** True when backticks occur only as single characters, in pairs and outside of other syntax. The text between is code. */
function hasClearSpans(line: string): boolean {
  const count = line.split('`').length - 1;
  return count === 0 || (count % 2 === 0 && !/``|\\|<(?:https?|mailto):[^\s>]*`/.test(line));
}

function closes(line: string, fence: string): boolean {
  const closingFence = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1];
  return closingFence !== undefined && closingFence[0] === fence[0] && closingFence.length >= fence.length;
}
