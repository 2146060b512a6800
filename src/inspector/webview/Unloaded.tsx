import * as l10n from '@vscode/l10n';
import { Icon, VsButton } from '../../base/webview/controls/buttons.tsx';
import type { LoadPosition, Problem } from '../common/protocol.ts';
import { ProblemAction } from './Problems.tsx';
import { useInspector, useTranscript, useViewState } from './state/context.tsx';

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
        {l10n.t('The server returns the same page repeatedly, so further items cannot be loaded.')}
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

/** Items between window `window` and the next that are not loaded. The API does not report their number. */
export function Gap({ window }: { readonly window: number }) {
  const { formats } = useInspector();
  const { items, windowStarts } = useTranscript();
  const { loading, problem, disabled, load } = useLoad(`gap${window}`);
  const next = windowStarts[window + 1] ?? 0;
  const [from, to] = [items[next - 1]?.createdAt, items[next]?.createdAt];
  const text =
    from == null || to == null
      ? l10n.t('Some items are not loaded')
      : l10n.t('Items between {0} and {1} are not loaded', ...[from, to].map((ms) => formats.dateTime(ms)));
  return (
    <div className="gap" role="group" aria-label={text}>
      <Icon name="unfold" />
      <span>{text}</span>
      {problem && <span className="problem-text">{problem.message}</span>}
      {loading ? (
        <LoadingMore />
      ) : (
        <>
          <VsButton look="link" disabled={disabled} onClick={() => load('newer', window)}>
            {l10n.t('Load Next')}
          </VsButton>
          <VsButton look="link" disabled={disabled} onClick={() => load('older', window + 1)}>
            {l10n.t('Load Previous')}
          </VsButton>
          <VsButton look="link" disabled={disabled} onClick={() => load('all', window)}>
            {l10n.t('Load All')}
          </VsButton>
        </>
      )}
    </div>
  );
}

/** Shows the progress of loading, with a button that stops it. */
function LoadingMore() {
  const { host, formats, threadId } = useInspector();
  const { items } = useTranscript();
  return (
    <>
      <span className="quiet">
        <Icon name="loading" spin />{' '}
        {items.length === 1 ? l10n.t('1 item loaded…') : l10n.t('{0} items loaded…', formats.number(items.length))}
      </span>
      <VsButton look="link" onClick={() => host.notify('stopLoading', { threadId })}>
        {l10n.t('Stop')}
      </VsButton>
    </>
  );
}

interface Loading {
  readonly loading: boolean;
  readonly problem: Problem | undefined;
  /** Whether nothing can be loaded any more. */
  readonly disabled: boolean;
  readonly load: (what: 'older' | 'newer' | 'all' | 'start' | 'latest', window: number) => void;
}

/** The loading state at one position of the transcript, and the function that loads more items there. */
function useLoad(position: LoadPosition): Loading {
  const { host, threadId } = useInspector();
  const { activity } = useViewState();
  return {
    loading: activity.loading.includes(position),
    problem: activity.problems.find((problem) => problem.place === position),
    disabled: activity.deleted,
    load: (what, window) => host.notify('load', { threadId, what, window }),
  };
}
