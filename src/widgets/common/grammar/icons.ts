/** The icon names of ChatKit (chatkit-api 6.5). */
// prettier-ignore
export const iconNames = [
  'agent', 'analytics', 'atom', 'batch', 'bolt', 'book-open', 'book-closed', 'book-clock', 'bug', 'calendar', 'chart',
  'check', 'check-circle', 'check-circle-filled', 'chevron-left', 'chevron-right', 'circle-question', 'clock',
  'compass', 'confetti', 'cube', 'desktop', 'document', 'dot', 'dots-horizontal', 'dots-vertical', 'empty-circle',
  'external-link', 'globe', 'keys', 'lab', 'images', 'info', 'lifesaver', 'lightbulb', 'mail', 'map-pin', 'maps',
  'mobile', 'name', 'notebook', 'notebook-pencil', 'page-blank', 'phone', 'play', 'plus', 'profile', 'profile-card',
  'reload', 'star', 'star-filled', 'search', 'sparkle', 'sparkle-double', 'square-code', 'square-image', 'square-text',
  'suitcase', 'settings-slider', 'user', 'wreath', 'write', 'write-alt', 'write-alt2',
] as const;
export type IconName = (typeof iconNames)[number];

type IconRef =
  | { readonly kind: 'named'; readonly name: IconName }
  /** Any lucide icon by its lucide name, for example `arrow-down-0-1`. */
  | { readonly kind: 'lucide'; readonly name: string }
  /** An icon that only the app has. */
  | { readonly kind: 'vendor'; readonly name: string };

const known: ReadonlySet<string> = new Set(iconNames);

/** Parses an icon name; undefined if there is no such icon (names such as `upload` occur in practice). */
export function parseIcon(text: string): IconRef | undefined {
  if (known.has(text)) return { kind: 'named', name: text as IconName };
  // The app that shows the widget defines these names.
  if (text.startsWith('vendor:')) return { kind: 'vendor', name: text.slice('vendor:'.length) };
  const [, name] = /^lucide:([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(text) ?? [];
  return name === undefined || text.length > 80 ? undefined : { kind: 'lucide', name };
}
