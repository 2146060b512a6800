import { useCallback, useEffect, useRef, useState } from 'react';
import { useWidgetHost } from '../rendering/widgetHost.ts';

export type RemoteImage =
  { readonly state: 'asleep' | 'loading' | 'failed' } | { readonly state: 'loaded'; readonly dataUrl: string };

/** A picture of another host: fetched when `load` is called, or at once where `automatic`. */
export function useRemoteImage(url: string | null, automatic: boolean): readonly [RemoteImage, load: () => void] {
  const { loadImage } = useWidgetHost();
  const [image, setImage] = useState<RemoteImage>({ state: 'asleep' });
  const wanted = useRef<string | null>(null);

  const load = useCallback(() => {
    if (url === null || loadImage === null) return;
    wanted.current = url;
    setImage({ state: 'loading' });
    loadImage(url).then(
      (dataUrl) => {
        if (wanted.current === url) setImage({ state: 'loaded', dataUrl });
      },
      () => {
        if (wanted.current === url) setImage({ state: 'failed' });
      },
    );
  }, [url, loadImage]);

  useEffect(() => {
    wanted.current = null;
    setImage({ state: 'asleep' });
    if (automatic) load();
  }, [url, automatic, load]);

  return [image, load];
}
