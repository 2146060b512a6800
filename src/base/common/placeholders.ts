import type { JsonPath } from './json.ts';

/**
 * When a session is created, the user enters `${input:name}`, and `${env:NAME}` is read from the environment.
 * An additional dollar sign (`$${env:NAME}`) escapes a placeholder.
 */
export interface Placeholder {
  readonly kind: 'input' | 'env';
  readonly name: string;
}

/** A placeholder with every place where its value is used. */
export interface PlaceholderUse {
  readonly placeholder: Placeholder;
  readonly paths: readonly JsonPath[];
}

/** Values of `${input:name}` placeholders, by name. */
export type Inputs = ReadonlyMap<string, string>;

export type Segment = { readonly kind: 'text'; readonly text: string } | Placeholder;

/** Pattern of a name. The JSON schema of session files uses it too. */
export const placeholderName = '[A-Za-z_][\\w.()-]*';

/** One or more dollar signs before `{input:` or `{env:`, with the rest of the placeholder if it is well formed. */
const pattern = new RegExp(`(\\$+)\\{(input|env):(?:(${placeholderName})\\})?`, 'g');

/** Splits a text into placeholders and text. Adjacent text is joined and escapes are resolved. */
export function segmentsOf(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let plain = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, dollars = '', kind, name] = match;
    plain += text.slice(end, match.index);
    end = match.index + whole.length;
    if (dollars.length > 1) plain += whole.slice(1);
    else if (name === undefined) plain += whole;
    else {
      if (plain !== '') segments.push({ kind: 'text', text: plain });
      plain = '';
      segments.push({ kind: kind === 'env' ? 'env' : 'input', name });
    }
  }
  plain += text.slice(end);
  if (plain !== '' || segments.length === 0) segments.push({ kind: 'text', text: plain });
  return segments;
}

/** Returns the placeholder if the text consists of exactly one, otherwise undefined. */
export function wholePlaceholder(text: string): Placeholder | undefined {
  const [first, ...rest] = segmentsOf(text);
  return first !== undefined && first.kind !== 'text' && rest.length === 0 ? first : undefined;
}

/** Escapes text, so that nothing in it is read as a placeholder. */
export function escapeText(text: string): string {
  return text.replace(pattern, (whole) => `$${whole}`);
}

/** Text that looks like a placeholder but is not one. It would be sent unchanged. */
interface MalformedPlaceholder {
  readonly text: string;
  /** `broken`: an invalid `${input:…}` or `${env:…}`. `unknown`: another `${…}`, possibly intended as text. */
  readonly kind: 'broken' | 'unknown';
}

/** Returns the placeholders of a text that cannot be read, and those of an unknown kind. */
export function malformedPlaceholders(text: string): readonly MalformedPlaceholder[] {
  const broken = [...text.matchAll(pattern)]
    .filter(([, dollars, , name]) => dollars?.length === 1 && name === undefined)
    .map((match): MalformedPlaceholder => ({
      text: /^[^}]*\}?/.exec(text.slice(match.index))?.[0] ?? match[0],
      kind: 'broken',
    }));
  const unknown = [...text.matchAll(/(?<!\$)\$\{(?!input:|env:)[\w.-]+(?::[^{}]*)?\}/g)].map(
    ([whole]): MalformedPlaceholder => ({
      text: whole,
      kind: 'unknown',
    }),
  );
  return [...broken, ...unknown];
}

/** Returns the placeholder as written in a file. */
export function placeholderText({ kind, name }: Placeholder): string {
  return `\${${kind}:${name}}`;
}

/** Returns the text as code and documents show it: escapes resolved, placeholders as written. */
export function literalText(text: string): string {
  return segmentsOf(text)
    .map((segment) => (segment.kind === 'text' ? segment.text : placeholderText(segment)))
    .join('');
}
