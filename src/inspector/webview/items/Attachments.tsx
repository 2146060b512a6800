import * as l10n from '@vscode/l10n';
import type { Attachment } from '../../../chatkit/common/model/content.ts';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { RemoteImage } from './RemoteImage.tsx';

interface Props {
  readonly itemId: string;
  readonly attachments: readonly Attachment[];
}

/** By name and type; a preview comes when it is asked for. */
export function Attachments({ itemId, attachments }: Props) {
  return (
    <ul className="attachments" aria-label={l10n.t('Attachments')}>
      {attachments.map(({ id, type, name, mimeType, previewUrl }, index) => (
        <li key={`${id}-${index}`} className="attachment">
          <span className="attachment-name">
            <Icon name={type === 'image' ? 'file-media' : 'file'} />
            <span>{name}</span>
            <span className="quiet">{mimeType}</span>
          </span>
          {previewUrl !== null && <RemoteImage itemId={itemId} url={previewUrl} alt={name} label={l10n.t('Show')} />}
        </li>
      ))}
    </ul>
  );
}
