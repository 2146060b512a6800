import * as l10n from '@vscode/l10n';
import type { Attachment, UserContent } from '../../../chatkit/common/model/content.ts';
import { Icon } from '../../../base/webview/controls/buttons.tsx';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import { RemoteImage } from './RemoteImage.tsx';
import type { ItemOf, KindView } from './kind.ts';

export const userMessage: KindView<'user_message'> = {
  icon: 'account',
  label: () => l10n.t('User'),
  Body,
  texts: ({ content, attachments }) => [
    ...blocksOf(content).map((block) =>
      Array.isArray(block) ? block.map(inlineText).join('') : block.type === 'quote' ? block.text : '',
    ),
    ...attachments.map(({ name }) => name),
  ],
  extraHeight: 0,
};

function Body({ item }: { readonly item: ItemOf<'user_message'> }) {
  const { content, attachments, inference } = item;
  return (
    <>
      {blocksOf(content).map((block, index) =>
        Array.isArray(block) ? <Line key={index} parts={block} /> : <Block key={index} part={block} />,
      )}
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

type InlinePart = Extract<UserContent, { type: 'text' | 'tag' }>;
type BlockPart = Exclude<UserContent, InlinePart>;

/** Groups texts with the tags between them, which belong to the same line. */
function blocksOf(content: readonly UserContent[]): readonly (InlinePart[] | BlockPart)[] {
  const blocks: (InlinePart[] | BlockPart)[] = [];
  for (const part of content) {
    const last = blocks.at(-1);
    if (part.type !== 'text' && part.type !== 'tag') blocks.push(part);
    // Two texts in sequence are two paragraphs.
    else if (Array.isArray(last) && (part.type === 'tag' || last.at(-1)?.type === 'tag')) last.push(part);
    else blocks.push([part]);
  }
  return blocks;
}

/** A tag with one `@`, whether its text starts with it or not. */
function inlineText(part: InlinePart): string {
  return part.type === 'text' ? part.text : `@${part.text.replace(/^@+/, '')}`;
}

/** User text is plain text: no Markdown, no links. */
function Line({ parts }: { readonly parts: readonly InlinePart[] }) {
  return (
    <p className="plain">
      {parts.map((part, index) =>
        part.type === 'text' ? (
          part.text
        ) : (
          <span key={index} className="tag" title={part.group ?? part.id}>
            {inlineText(part)}
          </span>
        ),
      )}
    </p>
  );
}

function Block({ part }: { readonly part: BlockPart }) {
  if (part.type === 'unknown') return <JsonTree value={part.value} depth={1} />;
  return (
    <blockquote className="quote plain" aria-label={l10n.t('Quoted text')}>
      {part.text}
    </blockquote>
  );
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
