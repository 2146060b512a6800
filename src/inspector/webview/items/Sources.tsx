import * as l10n from '@vscode/l10n';
import type { Source } from '../../../chatkit/common/model/content.ts';
import { SourceEntry, sourceTooltip } from './SourceEntry.tsx';
import { sourceTitle } from './sourceTitle.ts';

/** What an answer or a task cites, each once. */
export function Sources({ sources }: { readonly sources: readonly Source[] }) {
  const different = [...new Map(sources.map((source) => [keyOf(source), source])).values()];
  return (
    <div className="sources">
      <span className="quiet">{l10n.t('Sources:')}</span>
      <ul>
        {different.map((source) => (
          <li key={keyOf(source)} title={sourceTooltip(source)}>
            <SourceEntry source={source} />
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
