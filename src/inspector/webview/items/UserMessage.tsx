import type { UserContent } from '../../../chatkit/common/model/content.ts';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { useInspector } from '../context.tsx';
import { fill } from '../../../base/webview/format.ts';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import { Attachments } from './Attachments.tsx';
import type { ItemOf, KindView } from './kind.ts';

export const userMessage: KindView<'user_message'> = {
  icon: 'account',
  label: (strings) => strings.kindUserMessage,
  Body,
  texts: ({ content, attachments }) => [
    ...content.map((part) => (part.type === 'unknown' ? '' : part.text)),
    ...attachments.map(({ name }) => name),
  ],
  heightBeside: 0,
};

function Body({ item }: { readonly item: ItemOf<'user_message'> }) {
  const { strings } = useInspector();
  const { content, attachments, inference } = item;
  return (
    <>
      {content.map((part, index) => (
        <Part key={index} part={part} />
      ))}
      {content.length === 0 && attachments.length === 0 && <p className="quiet">{strings.emptyMessage}</p>}
      {attachments.length > 0 && <Attachments itemId={item.id} attachments={attachments} />}
      {inference && (inference.model !== null || inference.toolChoice !== null) && (
        <p className="facts quiet">
          {inference.model !== null && <span>{fill(strings.model, inference.model)}</span>}
          {inference.toolChoice !== null && <span>{fill(strings.toolChoice, inference.toolChoice)}</span>}
        </p>
      )}
    </>
  );
}

/** User text is plain text: no Markdown, no links. */
function Part({ part }: { readonly part: UserContent }) {
  const { strings } = useInspector();
  switch (part.type) {
    case 'text':
      return <p className="plain">{part.text}</p>;
    case 'quote':
      return (
        <blockquote className="quote plain" aria-label={strings.quote}>
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
      return <JsonTree value={part.value} strings={strings} depth={1} />;
  }
}
