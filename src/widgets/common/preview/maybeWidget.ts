/** Whether a text may contain a widget, as an object or as a JSON string. Does not parse the text. */
export function maybeWidget(text: string): boolean {
  return /\\?"type\\?"\s{0,20}:\s{0,20}\\?"(?:Card|ListView|Basic)\\?"/.test(text);
}
