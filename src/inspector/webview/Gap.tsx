import * as l10n from '@vscode/l10n';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useInspector, useTranscript } from './state/context.tsx';
import { LoadingMore } from './LoadingMore.tsx';
import { useLoad } from './useLoad.ts';

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
