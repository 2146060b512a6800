/** Characters that cannot be seen, or that turn the direction of what is read: written as escapes in code. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A JSON text literal whose every character can be seen. Python reads it as the same text. */
export function jsonLiteral(text: string): string {
  return JSON.stringify(text).replace(unseen, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A TypeScript literal in single quotes. */
export function typescriptLiteral(text: string): string {
  const inner = jsonLiteral(text).slice(1, -1);
  return `'${inner.replace(/\\.|'/g, (part) => (part === "'" ? "\\'" : part === '\\"' ? '"' : part))}'`;
}

/** A name in a TypeScript object: bare where it may be, computed for the one name that would set the prototype. */
export function typescriptKey(name: string): string {
  if (name === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : typescriptLiteral(name);
}

/** One argument of a POSIX shell, whatever it holds (a shell's argument cannot hold NUL). */
export function shellLiteral(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
