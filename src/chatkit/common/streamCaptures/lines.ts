/** The lines of a text without their line breaks (CR, LF, CRLF), one by one. */
export function* linesOf(text: string): Generator<string, void, void> {
  const lineBreak = /\r\n|\r|\n/g;
  let start = 0;
  for (let found = lineBreak.exec(text); found !== null; found = lineBreak.exec(text)) {
    yield text.slice(start, found.index);
    start = lineBreak.lastIndex;
  }
  if (start < text.length) yield text.slice(start);
}
