import type * as z from 'zod';

/** Why a value is not what it should be, as one line without any of its contents: `content[0].text: expected string`. */
export function problemOf(error: z.ZodError): string {
  const [first, ...rest] = error.issues;
  if (first === undefined) return 'unreadable';
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  const path = pathText(first.path);
  return `${path === '' ? '' : `${path}: `}${first.message.replace(/^Invalid input: /, '')}${more}`;
}

/** `['content', 0, 'text']` as `content[0].text`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
