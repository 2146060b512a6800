import * as l10n from '@vscode/l10n';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useTranscript } from './state/context.tsx';
import { LoadingMore } from './LoadingMore.tsx';
import { ProblemAction } from './Problems.tsx';
import { useLoad } from './useLoad.ts';

/** The row before the first item and after the last: the end of the thread, or buttons that load more. */
export function Edge({ at }: { readonly at: 'start' | 'end' }) {
  const { items, bounds, windows } = useTranscript();
  const { loading, problem, disabled, load } = useLoad(at === 'start' ? 'older' : 'newer');
  if (items.length === 0) return null;
  const isAtEnd = at === 'start' ? bounds.reachesStart : bounds.reachesEnd;
  if (isAtEnd) return <p className="edge quiet">{at === 'start' ? l10n.t('Start of thread') : ''}</p>;
  if (bounds.stopped === (at === 'start' ? 'older' : 'newer')) {
    return (
      <p className="edge">
        <Icon name="warning" />{' '}
        {l10n.t(
          'The server states that there are more items, but they cannot be loaded: its cursor is missing or repeats.',
        )}
      </p>
    );
  }
  if (loading) {
    return (
      <div className="edge">
        <LoadingMore />
      </div>
    );
  }
  const loadMore = () => (at === 'start' ? load('older', 0) : load('newer', windows.length - 1));
  const label = at === 'start' ? l10n.t('Load Older Items') : l10n.t('Load Newer Items');
  return (
    <div className="edge">
      {problem && <span className="problem-text">{problem.message}</span>}
      {problem && problem.action !== null ? (
        <ProblemAction problem={problem} />
      ) : (
        <VsButton look="link" disabled={disabled} onClick={loadMore}>
          {problem ? l10n.t('Retry') : label}
        </VsButton>
      )}
      {at === 'start' && (
        <VsButton look="link" disabled={disabled} onClick={() => load('all', 0)}>
          {l10n.t('Load All')}
        </VsButton>
      )}
    </div>
  );
}
