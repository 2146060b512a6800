/** A member of a value as an expression of a template names it. Offsets are in characters of that expression. */
interface Member {
  /** `order.items` or `order["items"]`. */
  readonly path: string;
  /** The same with brackets. */
  readonly bracketed: string;
  /** Offset of the value that has the member. */
  readonly start: number;
  /** Offset and length of the member's name. */
  readonly offset: number;
  readonly length: number;
}

const word = /[\p{L}\p{N}_]/u;
const pathCharacter = /[\p{L}\p{N}_.]/u;

/** The offset of a variable's name in an expression, -1 if it is not there. */
export function nameIn(expression: string, name: string): number {
  for (const at of occurrences(expression, name)) {
    if (!pathCharacter.test(expression.charAt(at - 1))) return at;
  }
  return -1;
}

/** The first place where an expression reads a member: `.name` or `["name"]`. */
export function memberIn(expression: string, name: string): Member | undefined {
  for (const at of occurrences(expression, name)) {
    const before = expression.charAt(at - 1);
    const after = at + name.length;
    if (before === '.') return member(expression, at - 1, name, at, true);
    if (
      (before === '"' || before === "'") &&
      expression.charAt(at - 2) === '[' &&
      expression.charAt(after + 1) === ']'
    ) {
      return member(expression, at - 2, name, at, false);
    }
  }
  return undefined;
}

const dictionaryMethods = [
  'items', 'keys', 'values', 'get', 'pop', 'copy', 'update', 'clear', 'setdefault', 'popitem', 'fromkeys',
]; // prettier-ignore

/** A method of `dict` that an expression reads with a dot and does not call. */
export function dictionaryMethodIn(expression: string): Member | undefined {
  for (const name of dictionaryMethods) {
    const found = memberIn(expression, name);
    if (found === undefined || expression.charAt(found.offset - 1) !== '.') continue;
    if (
      expression
        .slice(found.offset + found.length)
        .trimStart()
        .startsWith('(')
    )
      continue;
    return found;
  }
  return undefined;
}

/** A value before a member is shown in full up to this many characters. */
const maxBase = 40;

function member(expression: string, end: number, name: string, offset: number, dotted: boolean): Member {
  let start = end;
  while (start > 0 && pathCharacter.test(expression.charAt(start - 1))) start -= 1;
  // Such as `lines[0]`, a call or something in parentheses.
  if (start === end) start = 0;
  const base = end - start > maxBase ? '…' : expression.slice(start, end);
  const bracketed = `${base}["${name}"]`;
  return { path: dotted ? `${base}.${name}` : bracketed, bracketed, start, offset, length: name.length };
}

/** Offsets at which a whole word begins. */
function* occurrences(text: string, name: string): Generator<number> {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!word.test(text.charAt(at - 1)) && !word.test(text.charAt(at + name.length))) yield at;
  }
}
