import type { Source } from '../../domain/model/content.ts';
import { Icon } from '../controls/Icon.tsx';
import { useInspector } from '../inspector/context.tsx';
import { sourceTitle } from './sourceTitle.ts';

const icons: Record<Source['type'], string> = { url: 'link', file: 'file', entity: 'tag', unknown: 'question' };

/** What an answer or a task cites, each once. */
export function Sources({ sources }: { readonly sources: readonly Source[] }) {
  const { strings } = useInspector();
  const different = [...new Map(sources.map((source) => [keyOf(source), source])).values()];
  return (
    <div className="sources">
      <span className="quiet">{strings.sources}</span>
      <ul>
        {different.map((source) => (
          <li key={keyOf(source)} title={tooltip(source)}>
            <Icon name={icons[source.type]} />
            {source.type === 'url' && /^https:\/\//i.test(source.url) ? (
              <a href={source.url}>{sourceTitle(source)}</a>
            ) : (
              <span>{sourceTitle(source)}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function keyOf(source: Source): string {
  const place = source.type === 'url' ? source.url : source.type === 'entity' ? source.id : '';
  return `${source.type} ${place} ${sourceTitle(source)}`;
}

function tooltip(source: Source): string {
  const place = source.type === 'url' ? source.url : source.type === 'file' ? source.filename : '';
  return [place, source.description, source.timestamp].filter(Boolean).join('\n');
}
