import { Glyph } from '../icons/IconGlyph.tsx';
import { namedIcons } from '../icons/namedIcons.ts';

interface ImagePlaceholderProps {
  readonly alt: string | undefined;
  /** No room for words: they are in the tooltip and in the accessible name. */
  readonly compact: boolean;
  /** Why there is no picture, or what a click does. */
  readonly note: string;
  readonly busy?: boolean;
  /** It can be loaded. */
  readonly onLoad?: () => void;
}

/** Where a picture will be, or would. */
export function ImagePlaceholder({ alt, compact, note, busy = false, onLoad }: ImagePlaceholderProps) {
  const label = alt ? `${note}: ${alt}` : note;
  const inside = (
    <>
      {busy ? <span className="ck-spinner" /> : <Glyph shape={namedIcons['square-image']} size={compact ? 16 : 20} />}
      {!compact && alt && <span className="ck-placeholder-alt">{alt}</span>}
      {!compact && <span className="ck-placeholder-note">{note}</span>}
    </>
  );
  return onLoad ? (
    <button type="button" className="ck-placeholder" aria-label={label} title={label} onClick={onLoad}>
      {inside}
    </button>
  ) : (
    <span className="ck-placeholder" role="img" aria-label={label} title={label} aria-busy={busy || undefined}>
      {inside}
    </span>
  );
}
