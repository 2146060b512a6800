import * as l10n from '@vscode/l10n';
import { useEffect, useEffectEvent, useState } from 'react';
import { Icon, VsButton } from '../../../base/webview/controls/buttons.tsx';
import { useInspector, useViewState } from '../state/context.tsx';

interface Props {
  readonly itemId: string;
  /** Null for the image of the item itself if it is too large to be sent with the item. */
  readonly url: string | null;
  readonly alt: string;
  /** Label of the button; "Show image" by default. */
  readonly label?: string;
}

type ImageState = 'loading' | { readonly dataUrl: string } | { readonly problem: string };

/**
 * An image that the host fetches on request: the page itself cannot load anything, and the server of the image is not
 * contacted before the user requests it.
 */
export function RemoteImage({ itemId, url, alt, label }: Props) {
  const { host, threadId } = useInspector();
  const { images } = useViewState();
  const [state, setState] = useState<ImageState | null>(() => dataUrlState(url));

  const load = async () => {
    setState('loading');
    try {
      setState(await host.request('image', { threadId, itemId, url }));
    } catch (error) {
      setState({ problem: error instanceof Error ? error.message : String(error) });
    }
  };
  const loadsAutomatically = images === 'always' && state === null;
  const loadAutomatically = useEffectEvent(load);
  useEffect(() => {
    if (loadsAutomatically) void loadAutomatically();
  }, [loadsAutomatically]);

  if (state !== null && typeof state === 'object' && 'dataUrl' in state) {
    return <img className="remote-image" src={state.dataUrl} alt={alt} />;
  }
  if (images === 'never') return <span className="quiet">{l10n.t('Images are disabled in the settings.')}</span>;
  const hostName = url !== null && URL.canParse(url) ? new URL(url).host : '';
  return (
    <span className="remote-image-place">
      <VsButton
        disabled={state === 'loading'}
        title={hostName === '' ? undefined : l10n.t('From {0}', hostName)}
        aria-label={`${label ?? l10n.t('Show image')}: ${alt}`}
        onClick={() => void load()}
      >
        <Icon name={state === 'loading' ? 'loading' : 'file-media'} spin={state === 'loading'} />
        {label ?? (alt === '' ? l10n.t('Show image') : `${l10n.t('Show image')}: ${alt}`)}
      </VsButton>
      {state !== null && typeof state === 'object' && (
        <span className="problem-text">
          {l10n.t('Could not load the image.')} {state.problem}
        </span>
      )}
    </span>
  );
}

/** A `data:` URL is shown immediately, because nothing has to be fetched. */
function dataUrlState(url: string | null): ImageState | null {
  return url?.startsWith('data:image/') ? { dataUrl: url } : null;
}
