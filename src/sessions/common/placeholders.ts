/**
 * `${input:name}` is asked for, `${env:NAME}` is read from the environment, both when the session is created.
 * A dollar more in front (`$${env:NAME}`) stands for the text itself.
 */
export interface Placeholder {
  readonly kind: 'input' | 'env';
  readonly name: string;
}

/** Values of `${input:name}` placeholders, by name. */
export type Inputs = ReadonlyMap<string, string>;

export type Segment = { readonly kind: 'text'; readonly text: string } | Placeholder;

/** What may stand as a name. Also the form that the JSON schema of session files asks for. */
export const placeholderName = '[A-Za-z_][\\w.()-]*';

/** Runs of dollars before `{input:` or `{env:`, with the rest of the placeholder where it is well formed. */
const pattern = new RegExp(`(\\$+)\\{(input|env):(?:(${placeholderName})\\})?`, 'g');

/** The pieces of a text, neighbouring texts joined, escapes resolved. */
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

/** The one placeholder that is all of the text, or undefined. */
export function wholePlaceholder(text: string): Placeholder | undefined {
  const [first, ...rest] = segmentsOf(text);
  return first !== undefined && first.kind !== 'text' && rest.length === 0 ? first : undefined;
}

/** Text that stands for itself, however much it looks like a placeholder. */
export function escapeText(text: string): string {
  return text.replace(pattern, (whole) => `$${whole}`);
}

/** What looks like a placeholder but is none: it would be sent as it stands. */
export interface Oddity {
  readonly text: string;
  /** `broken`: surely meant as a placeholder. `unknown`: some other `${…}`, perhaps meant as text. */
  readonly kind: 'broken' | 'unknown';
}

export function odditiesOf(text: string): readonly Oddity[] {
  const broken = [...text.matchAll(pattern)]
    .filter(([, dollars, , name]) => dollars?.length === 1 && name === undefined)
    .map((match): Oddity => ({ text: /^[^}]*\}?/.exec(text.slice(match.index))?.[0] ?? match[0], kind: 'broken' }));
  const unknown = [...text.matchAll(/(?<!\$)\$\{(?!input:|env:)[\w.-]+(?::[^{}]*)?\}/g)].map(([whole]): Oddity => ({
    text: whole,
    kind: 'unknown',
  }));
  return [...broken, ...unknown];
}

/** As it is written in a file. */
export function placeholderText({ kind, name }: Placeholder): string {
  return `\${${kind}:${name}}`;
}

/** Returns the text as code and documents show it: escapes resolved, placeholders as written. */
export function literalText(text: string): string {
  return segmentsOf(text)
    .map((segment) => (segment.kind === 'text' ? segment.text : placeholderText(segment)))
    .join('');
}
