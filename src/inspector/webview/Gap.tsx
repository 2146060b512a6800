import * as l10n from '@vscode/l10n';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useInspector, useTranscript } from './state/context.tsx';
import { LoadingMore } from './LoadingMore.tsx';
import { useLoad } from './useLoad.ts';

/** Items between window `window` and the next that are not loaded. How many they are, the API does not tell. */
export function Gap({ window }: { readonly window: number }) {
  const { formats } = useInspector();
  const { items, windowStarts } = useTranscript();
  const { loading, problem, off, load } = useLoad(`gap${window}`);
  const next = windowStarts[window + 1] ?? 0;
  const [from, to] = [items[next - 1]?.createdAt, items[next]?.createdAt];
  const text =
    from == null || to == null
      ? l10n.t('Items are not loaded here')
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
          <VsButton look="link" disabled={off} onClick={() => load('newer', window)}>
            {l10n.t('Load next')}
          </VsButton>
          <VsButton look="link" disabled={off} onClick={() => load('older', window + 1)}>
            {l10n.t('Load previous')}
          </VsButton>
          <VsButton look="link" disabled={off} onClick={() => load('all', window)}>
            {l10n.t('Load all')}
          </VsButton>
        </>
      )}
    </div>
  );
}
