import { createElement, useEffect, useState } from 'react';
import { parseIcon } from '../../common/grammar/icons.ts';
import { dotIcon, namedIcons, type IconShape } from './namedIcons.ts';

interface IconGlyphProps {
  /** As written in the widget; unknown names are shown as a dot. */
  readonly name: string | undefined;
  /** px. */
  readonly size: number;
}

/** An icon in the colour of the surrounding text. Decorative: the text next to it has the meaning. */
export function IconGlyph({ name, size }: IconGlyphProps) {
  const icon = name === undefined ? undefined : parseIcon(name);
  if (icon?.kind === 'lucide') return <LucideGlyph name={icon.name} size={size} />;
  return <Glyph shape={icon?.kind === 'named' ? namedIcons[icon.name] : dotIcon} size={size} />;
}

function LucideGlyph({ name, size }: { readonly name: string; readonly size: number }) {
  const shape = useLucideIcon(name);
  return <Glyph shape={shape ?? dotIcon} size={size} />;
}

/** Renders the shape of an icon. */
export function Glyph({ shape, size }: { readonly shape: IconShape; readonly size: number }) {
  return (
    <svg
      className={shape.filled ? 'ck-glyph ck-glyph-filled' : 'ck-glyph'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {shape.parts.map(([tag, attributes], index) => createElement(tag, { ...attributes, key: index }))}
    </svg>
  );
}

/** An icon of the whole lucide set, which is loaded on first use. Null while it is loading and for unknown names. */
function useLucideIcon(name: string): IconShape | null {
  const [shape, setShape] = useState<IconShape | null>(null);
  useEffect(() => {
    let current = true;
    setShape(null);
    import('./lucideIcons.ts').then(
      ({ lucideIcon }) => {
        if (current) setShape(lucideIcon(name));
      },
      // The icon remains a dot if the chunk cannot be loaded.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [name]);
  return shape;
}
