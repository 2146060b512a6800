import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useInspector, useTranscript } from './context.tsx';
import { fill } from '../../base/webview/format.ts';
import { LoadingMore } from './LoadingMore.tsx';
import { useLoad } from './useLoad.ts';

/** Items between window `window` and the next that are not loaded. How many they are, the API does not tell. */
export function Gap({ window }: { readonly window: number }) {
  const { strings, formats } = useInspector();
  const { items, windowStarts } = useTranscript();
  const { loading, problem, off, load } = useLoad(`gap${window}`);
  const next = windowStarts[window + 1] ?? 0;
  const [from, to] = [items[next - 1]?.createdAt, items[next]?.createdAt];
  const text =
    from == null || to == null
      ? strings.gapUntimed
      : fill(strings.gap, ...[from, to].map((ms) => formats.dateTime(ms)));
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
            {strings.gapLoadNext}
          </VsButton>
          <VsButton look="link" disabled={off} onClick={() => load('older', window + 1)}>
            {strings.gapLoadPrevious}
          </VsButton>
          <VsButton look="link" disabled={off} onClick={() => load('all', window)}>
            {strings.gapLoadAll}
          </VsButton>
        </>
      )}
    </div>
  );
}
