/**
 * Does something with each element, at most `limit` at a time, in order.
 * @template T, R
 * @param {readonly T[]} elements
 * @param {number} limit
 * @param {(element: T) => Promise<R>} action
 * @returns {Promise<R[]>} in the order of the elements
 */
export async function inTurns(elements, limit, action) {
  const results = /** @type {R[]} */ ([]);
  const waiting = elements.entries();
  const worker = async () => {
    for (const [index, element] of waiting) results[index] = await action(element);
  };
  await Promise.all(Array.from({ length: Math.min(limit, elements.length) }, worker));
  return results;
}
