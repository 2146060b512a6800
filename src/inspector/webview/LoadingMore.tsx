import * as l10n from '@vscode/l10n';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useInspector, useTranscript } from './state/context.tsx';

/** Shows the progress of loading, with a button that stops it. */
export function LoadingMore() {
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
