/** Adds elements to the end of a list. Unlike `push(...elements)`, it has no limit: a call with 200,000 arguments fails. */
export function append<T>(list: T[], elements: Iterable<T>): void {
  for (const element of elements) list.push(element);
}

/** Length of the longest sequence of backquotes in a text; 0 where it has none. */
export function longestBackquotes(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
