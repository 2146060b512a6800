import type { ValidProps } from '../../common/node.ts';
import { IconGlyph } from '../icons/IconGlyph.tsx';
import { GuardedImage } from './GuardedImage.tsx';

/** The header line above a card or a list. */
export function Status({ status }: { readonly status: NonNullable<ValidProps<'Card'>['status']> }) {
  return (
    <div className="ck-status">
      {status.favicon !== undefined && (
        <span className={status.frame ? 'ck-favicon ck-frame' : 'ck-favicon'}>
          <GuardedImage src={status.favicon} alt={undefined} compact />
        </span>
      )}
      {status.icon !== undefined && <IconGlyph name={status.icon} size={16} />}
      <span className="ck-truncate">{status.text}</span>
    </div>
  );
}
