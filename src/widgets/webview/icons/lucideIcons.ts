import { icons } from 'lucide';
import type { IconShape } from './namedIcons.ts';

/** An icon by lucide's own name (`arrow-down-0-1`); null when there is none. */
export function lucideIcon(name: string): IconShape | null {
  const key = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const parts = Object.hasOwn(icons, key) ? icons[key as keyof typeof icons] : undefined;
  return parts ? { parts } : null;
}
