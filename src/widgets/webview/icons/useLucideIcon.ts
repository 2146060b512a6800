import { useEffect, useState } from 'react';
import type { IconShape } from './namedIcons.ts';

/** An icon of lucide's whole set, which comes with the first one that is asked for. Null while it comes and for names it lacks. */
export function useLucideIcon(name: string): IconShape | null {
  const [shape, setShape] = useState<IconShape | null>(null);
  useEffect(() => {
    let current = true;
    setShape(null);
    import('./lucideIcons.ts').then(
      ({ lucideIcon }) => {
        if (current) setShape(lucideIcon(name));
      },
      // Without its chunk the icon stays a dot.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [name]);
  return shape;
}
