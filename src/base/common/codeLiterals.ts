/** Characters that are invisible or change the text direction. They are escaped in code. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Returns a JSON string literal without invisible characters. Python reads it as the same text. */
export function jsonLiteral(text: string): string {
  return JSON.stringify(text).replace(unseen, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Returns a TypeScript literal in single quotes. */
export function typescriptLiteral(text: string): string {
  const inner = jsonLiteral(text).slice(1, -1);
  return `'${inner.replace(/\\.|'/g, (part) => (part === "'" ? "\\'" : part === '\\"' ? '"' : part))}'`;
}

/**
 * Returns a TypeScript property name: without quotes if possible, computed for the name that would set the prototype.
 */
export function typescriptKey(name: string): string {
  if (name === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : typescriptLiteral(name);
}

/** Returns the environment variable that examples read a header from: `x-api-key` is read from `X_API_KEY`. */
export function headerVariable(header: string): string {
  const name = header.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}

/** Returns a text as one argument of a POSIX shell (an argument cannot contain NUL). */
export function shellLiteral(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
