import { createElement } from 'react';
import { parseIcon } from '../../common/grammar/icons.ts';
import type { IconShape } from './namedIcons.ts';
import { dotIcon, namedIcons } from './namedIcons.ts';
import { useLucideIcon } from './useLucideIcon.ts';

interface IconGlyphProps {
  /** As written in the widget; a dot stands for names that nobody knows. */
  readonly name: string | undefined;
  /** px. */
  readonly size: number;
}

/** An icon in the colour of the text around it. Decorative: its meaning is in the words beside it. */
export function IconGlyph({ name, size }: IconGlyphProps) {
  const icon = name === undefined ? undefined : parseIcon(name);
  if (icon?.kind === 'lucide') return <LucideGlyph name={icon.name} size={size} />;
  return <Glyph shape={icon?.kind === 'named' ? namedIcons[icon.name] : dotIcon} size={size} />;
}

function LucideGlyph({ name, size }: { readonly name: string; readonly size: number }) {
  const shape = useLucideIcon(name);
  return <Glyph shape={shape ?? dotIcon} size={size} />;
}

/** A drawn shape. */
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
