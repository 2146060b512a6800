import { Icon } from '../controls/Icon.tsx';
import { VsButton } from '../controls/VsButton.tsx';
import { useInspector, useTranscript } from './context.tsx';
import { fill } from './format.ts';
import { useLoad } from './useLoad.ts';

/** Items between window `window` and the next that are not loaded. How many they are, the API does not tell. */
export function Gap({ window }: { readonly window: number }) {
  const { host, strings, formats, threadId } = useInspector();
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
        <>
          <span className="quiet">
            <Icon name="loading" spin /> {fill(strings.loadingAll, formats.number(items.length))}
          </span>
          <VsButton look="link" onClick={() => host.notify('stopLoading', { threadId })}>
            {strings.stop}
          </VsButton>
        </>
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
