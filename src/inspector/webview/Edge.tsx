import * as l10n from '@vscode/l10n';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useTranscript } from './state/context.tsx';
import { LoadingMore } from './LoadingMore.tsx';
import { ProblemAction } from './Problems.tsx';
import { useLoad } from './useLoad.ts';

/** What stands before the first item and after the last: the end of the thread, or the way to more. */
export function Edge({ at }: { readonly at: 'start' | 'end' }) {
  const { items, bounds, windows } = useTranscript();
  const { loading, problem, off, load } = useLoad(at === 'start' ? 'older' : 'newer');
  if (items.length === 0) return null;
  const reached = at === 'start' ? bounds.reachesStart : bounds.reachesEnd;
  if (reached) return <p className="edge quiet">{at === 'start' ? l10n.t('Start of the thread') : ''}</p>;
  if (bounds.stopped === (at === 'start' ? 'older' : 'newer')) {
    return (
      <p className="edge">
        <Icon name="warning" />{' '}
        {l10n.t(
          'The server gives the same page again and again: there may be more items, but nobody can ask for them.',
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
  const ask = () => (at === 'start' ? load('older', 0) : load('newer', windows.length - 1));
  const words = at === 'start' ? l10n.t('Load older items') : l10n.t('Load newer items');
  return (
    <div className="edge">
      {problem && <span className="problem-text">{problem.message}</span>}
      {problem && problem.action !== null ? (
        <ProblemAction problem={problem} />
      ) : (
        <VsButton look="link" disabled={off} onClick={ask}>
          {problem ? l10n.t('Retry') : words}
        </VsButton>
      )}
      {at === 'start' && (
        <VsButton look="link" disabled={off} onClick={() => load('all', 0)}>
          {l10n.t('Load all')}
        </VsButton>
      )}
    </div>
  );
}
