import { icons } from 'lucide';
import type { IconShape } from './namedIcons.ts';

/** Returns the icon with a lucide name (`arrow-down-0-1`); null if there is none. */
export function lucideIcon(name: string): IconShape | null {
  const key = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const parts = Object.hasOwn(icons, key) ? icons[key as keyof typeof icons] : undefined;
  return parts ? { parts } : null;
}
