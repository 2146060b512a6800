import { isJsonObject } from '../../../base/common/json.ts';
import type { Json, JsonValue } from '../../../base/common/json.ts';

/** A fenced block whose fence is longer than any in it, so that nothing inside can end it. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** JSON as it means; text that is no JSON as it came. `sorted` puts keys in order, for comparing. */
export function jsonBlock(value: JsonValue, sorted = false): string {
  if (value.form === 'absent') return '';
  if (value.form === 'invalid') return fenced(value.text);
  return fenced(JSON.stringify(sorted ? sortKeys(value.value) : value.value, null, 2), 'json');
}

/** Inline code, whatever the text holds. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${ticks} ${line} ${ticks}`;
}

/** Plain text inside a line of Markdown: every character stands for itself. Escapes only what would not. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\\(?=[!-/:-@[-`{-~])|[`*[$~]|<(?=[a-z/!?])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)/gi, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/^[-+=>#]|#$/g, '\\$&');
}

/**
 * Plain text of any length as a block that reads the same raw and rendered: a paragraph where nothing in it means
 * anything to Markdown, else a fenced block.
 */
export function plainBlock(text: string): string {
  const line = text.trim();
  return !line.includes('\n') && escaped(line) === line ? line : fenced(text, 'text');
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((element) => sortKeys(element as Json));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sortKeys(entry)]),
  );
}
