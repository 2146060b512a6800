import type { Source } from '../../../chatkit/common/model/content.ts';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { sourceTitle } from './sourceTitle.ts';

const icons: Record<Source['type'], string> = { url: 'link', file: 'file', entity: 'tag', unknown: 'question' };

/** The title of a source, as a link if it can be opened. */
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

/** Returns further details of a source, for a tooltip. */
export function sourceTooltip(source: Source): string {
  const location = source.type === 'url' ? source.url : source.type === 'file' ? source.filename : '';
  return [location, source.description, source.timestamp].filter(Boolean).join('\n');
}
