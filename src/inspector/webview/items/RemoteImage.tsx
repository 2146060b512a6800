import * as l10n from '@vscode/l10n';
import { useEffect, useEffectEvent, useState } from 'react';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../../base/webview/controls/VsButton.tsx';
import { useInspector, useViewState } from '../state/context.tsx';

interface Props {
  readonly itemId: string;
  /** Null: the item's own image, too large to travel along with it. */
  readonly url: string | null;
  readonly alt: string;
  /** What the button says; the host it comes from unless given. */
  readonly label?: string;
}

type State = 'asked' | { readonly dataUrl: string } | { readonly problem: string };

/**
 * An image that is fetched by the host when somebody asks for it: the page itself may load nothing from anywhere, and
 * whoever sent the image learns nothing until then.
 */
export function RemoteImage({ itemId, url, alt, label }: Props) {
  const { host, threadId } = useInspector();
  const { images } = useViewState();
  const [state, setState] = useState<State | null>(() => inPage(url));

  const load = async () => {
    setState('asked');
    try {
      setState(await host.request('image', { threadId, itemId, url }));
    } catch (error) {
      setState({ problem: error instanceof Error ? error.message : String(error) });
    }
  };
  const automatic = images === 'always' && state === null;
  const loadUnasked = useEffectEvent(load);
  useEffect(() => {
    if (automatic) void loadUnasked();
  }, [automatic]);

  if (state !== null && typeof state === 'object' && 'dataUrl' in state) {
    return <img className="remote-image" src={state.dataUrl} alt={alt} />;
  }
  if (images === 'never') return <span className="quiet">{l10n.t('Images are switched off in the settings.')}</span>;
  const hostName = url !== null && URL.canParse(url) ? new URL(url).host : '';
  return (
    <span className="remote-image-place">
      <VsButton
        disabled={state === 'asked'}
        title={hostName === '' ? undefined : l10n.t('From {0}', hostName)}
        aria-label={`${label ?? l10n.t('Show image')}: ${alt}`}
        onClick={() => void load()}
      >
        <Icon name={state === 'asked' ? 'loading' : 'file-media'} spin={state === 'asked'} />
        {label ?? (alt === '' ? l10n.t('Show image') : `${l10n.t('Show image')}: ${alt}`)}
      </VsButton>
      {state !== null && typeof state === 'object' && (
        <span className="problem-text">
          {l10n.t('The image could not be loaded.')} {state.problem}
        </span>
      )}
    </span>
  );
}

/** What came as data needs nobody's leave. */
function inPage(url: string | null): State | null {
  return url?.startsWith('data:image/') ? { dataUrl: url } : null;
}
