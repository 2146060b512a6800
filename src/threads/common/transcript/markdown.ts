import { exactJson, withNumbersOf } from '../../../base/common/parseJson.ts';
import { longestBackquotes } from '../../../base/common/plainText.ts';
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
