/** Returns the computed value of a colour. */
export function computedColour(css: string): string {
  const hex = /^#(..)(..)(..)$/.exec(css);
  if (hex)
    return `rgb(${hex
      .slice(1)
      .map((part) => parseInt(part, 16))
      .join(', ')})`;
  const alpha = /^rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)$/.exec(css);
  if (!alpha) throw new Error(css);
  return `rgba(${alpha[1]}, ${alpha[2]}, ${alpha[3]}, ${Number(alpha[4]) / 100})`;
}
