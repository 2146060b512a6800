/** Words of the drawing itself, in English; the host passes translations of them. `{0}` stands for an argument. */
export const widgetStrings = {
  action: 'Action',
  broken: 'This {0} could not be drawn.',
  cancel: 'Cancel',
  chartColumn: 'Category',
  chartLoading: 'Loading chart…',
  chooseDay: 'Choose a date',
  clear: 'Clear',
  close: 'Close',
  copied: 'Copied',
  copy: 'Copy',
  cutDepth: 'Deeper components are not drawn.',
  cutNodes: 'Further components are not drawn.',
  cutWidget: 'This widget is too large: {0} components are drawn.',
  emptyWidget: 'This is not a widget.',
  fieldConflict: 'Dropped, because the payload already has a value: {0}',
  forTheApp: 'For the embedding app: nothing is sent',
  handler: 'Handler',
  hideDetails: 'Hide details',
  imageBlockedDomain: 'The thread does not allow images from {0}',
  imageBlockedSource: 'Only https: and data: images are loaded',
  imageFailed: 'The image could not be loaded',
  imageLoad: 'Load image from {0}',
  imageLoading: 'Loading the image…',
  imageNever: 'Images are not loaded',
  invalidPattern: 'The value does not match the pattern.',
  loading: 'Loading',
  nextMonth: 'Next month',
  noMatches: 'No matches',
  payload: 'Payload',
  previousMonth: 'Previous month',
  search: 'Search',
  selectPlaceholder: 'Select…',
  showDetails: 'Show details',
  showMore: 'Show {0} more',
  streaming: 'Synchronous action',
  wasSent: 'This was sent',
  wouldSend: 'This would be sent',
  unknownComponent: 'Unknown component {0}',
  unnamedComponent: 'Component without a type',
} as const;

export type WidgetStrings = { readonly [Key in keyof typeof widgetStrings]: string };

/** Puts arguments into a text. */
export function fillIn(text: string, ...args: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)] ?? ''));
}
