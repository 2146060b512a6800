/** Whether a text may hold a widget, as a value or as JSON text in one; without reading it as JSON. */
export function maybeWidget(text: string): boolean {
  return /\\?"type\\?"\s{0,20}:\s{0,20}\\?"(?:Card|ListView|Basic)\\?"/.test(text);
}
