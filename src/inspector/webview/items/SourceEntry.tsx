import type { Source } from '../../../chatkit/common/model/content.ts';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { sourceTitle } from './sourceTitle.ts';

const icons: Record<Source['type'], string> = { url: 'link', file: 'file', entity: 'tag', unknown: 'question' };

/** One source: what it is called, and a link where it can be opened. */
export function SourceEntry({ source }: { readonly source: Source }) {
  const title = sourceTitle(source);
  const label = source.type === 'entity' && source.label !== null && source.label !== title ? source.label : null;
  return (
    <>
      <Icon name={icons[source.type]} />
      {source.type === 'url' && /^https:\/\//i.test(source.url) ? (
        <a href={source.url}>{title}</a>
      ) : (
        <span>{title}</span>
      )}
      {label !== null && <span className="quiet">{label}</span>}
    </>
  );
}

/** What more there is to know of it. */
export function sourceTooltip(source: Source): string {
  const place = source.type === 'url' ? source.url : source.type === 'file' ? source.filename : '';
  return [place, source.description, source.timestamp].filter(Boolean).join('\n');
}
