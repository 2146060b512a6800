/** Adds elements to the end of a list. Unlike `push(...elements)`, it has no limit: a call with 200,000 arguments fails. */
export function append<T>(list: T[], elements: Iterable<T>): void {
  for (const element of elements) list.push(element);
}
