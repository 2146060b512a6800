import * as l10n from '@vscode/l10n';
import type { Source } from '../../../chatkit/common/model/content.ts';
import { SourceEntry, sourceTooltip } from './SourceEntry.tsx';
import { sourceTitle } from './sourceTitle.ts';

/** The sources of a message or a task, without duplicates. */
export function Sources({ sources }: { readonly sources: readonly Source[] }) {
  const distinct = [...new Map(sources.map((source) => [keyOf(source), source])).values()];
  return (
    <div className="sources">
      <span className="quiet">{l10n.t('Sources:')}</span>
      <ul>
        {distinct.map((source) => (
          <li key={keyOf(source)} title={sourceTooltip(source)}>
            <SourceEntry source={source} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function keyOf(source: Source): string {
  const location = source.type === 'url' ? source.url : source.type === 'entity' ? source.id : '';
  return `${source.type} ${location} ${sourceTitle(source)}`;
}
