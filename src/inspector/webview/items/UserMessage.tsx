import * as l10n from '@vscode/l10n';
import type { Attachment, UserContent } from '../../../chatkit/common/model/content.ts';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import { RemoteImage } from './RemoteImage.tsx';
import type { ItemOf, KindView } from './kind.ts';

export const userMessage: KindView<'user_message'> = {
  icon: 'account',
  label: () => l10n.t('User'),
  Body,
  texts: ({ content, attachments }) => [
    ...content.map((part) => (part.type === 'unknown' ? '' : part.text)),
    ...attachments.map(({ name }) => name),
  ],
  extraHeight: 0,
};

function Body({ item }: { readonly item: ItemOf<'user_message'> }) {
  const { content, attachments, inference } = item;
  return (
    <>
      {content.map((part, index) => (
        <Part key={index} part={part} />
      ))}
      {content.length === 0 && attachments.length === 0 && <p className="quiet">{l10n.t('(empty)')}</p>}
      {attachments.length > 0 && <Attachments itemId={item.id} attachments={attachments} />}
      {inference && (inference.model !== null || inference.toolChoice !== null) && (
        <p className="facts quiet">
          {inference.model !== null && <span>{l10n.t('model {0}', inference.model)}</span>}
          {inference.toolChoice !== null && <span>{l10n.t('tool choice {0}', inference.toolChoice)}</span>}
        </p>
      )}
    </>
  );
}

/** User text is plain text: no Markdown, no links. */
function Part({ part }: { readonly part: UserContent }) {
  switch (part.type) {
    case 'text':
      return <p className="plain">{part.text}</p>;
    case 'quote':
      return (
        <blockquote className="quote plain" aria-label={l10n.t('Quoted text')}>
          {part.text}
        </blockquote>
      );
    case 'tag':
      return (
        <span className="tag" title={part.group ?? part.id}>
          <Icon name="mention" /> {part.text}
        </span>
      );
    case 'unknown':
      return <JsonTree value={part.value} depth={1} />;
  }
}

interface AttachmentsProps {
  readonly itemId: string;
  readonly attachments: readonly Attachment[];
}

/** The names and types of the attachments. A preview is loaded on request. */
function Attachments({ itemId, attachments }: AttachmentsProps) {
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
