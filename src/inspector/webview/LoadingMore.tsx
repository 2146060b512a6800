import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useInspector, useTranscript } from './context.tsx';
import { fill } from '../../base/webview/format.ts';

/** Says how far loading is; loading all of a long thread can be stopped. */
export function LoadingMore() {
  const { host, strings, formats, threadId } = useInspector();
  const { items } = useTranscript();
  return (
    <>
      <span className="quiet">
        <Icon name="loading" spin /> {fill(strings.loadingAll, formats.number(items.length))}
      </span>
      <VsButton look="link" onClick={() => host.notify('stopLoading', { threadId })}>
        {strings.stop}
      </VsButton>
    </>
  );
}
