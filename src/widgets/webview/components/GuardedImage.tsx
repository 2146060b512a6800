import * as l10n from '@vscode/l10n';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isAllowedHost, parseImageSource } from '../../common/grammar/imageSource.ts';
import { useWidgetHost } from '../rendering/widgetHost.ts';
import type { WidgetStyle } from '../rendering/layout.ts';
import { Glyph } from '../icons/IconGlyph.tsx';
import { namedIcons } from '../icons/namedIcons.ts';

interface GuardedImageProps {
  readonly src: string | undefined;
  readonly alt: string | undefined;
  /** The placeholder is too small for text. */
  readonly compact: boolean;
  readonly style?: WidgetStyle;
}

/**
 * An image that is only fetched if allowed: `data:` images are shown directly, those of other hosts according to the user's
 * policy and the domains of the thread (chatkit-api 6.9). A placeholder is shown in the meantime.
 */
export function GuardedImage({ src, alt, compact, style }: GuardedImageProps) {
  const { imagePolicy, imageDomains, loadImage } = useWidgetHost();
  const source = src === undefined ? undefined : parseImageSource(src);
  const remote = source?.kind === 'remote' ? source : null;
  const allowed = remote !== null && isAllowedHost(remote.host, imageDomains) && loadImage !== null;
  const [image, load] = useRemoteImage(allowed ? (src ?? null) : null, allowed && imagePolicy === 'always');
  const [broken, setBroken] = useState<string | null>(null);
  const common = { alt, compact };

  if (!source) return <ImagePlaceholder {...common} note={l10n.t('Only https: and data: images are loaded')} />;
  if (remote !== null && !isAllowedHost(remote.host, imageDomains)) {
    return <ImagePlaceholder {...common} note={l10n.t('The thread does not allow images from {0}', remote.host)} />;
  }
  const url = source.kind === 'data' ? src : image.state === 'loaded' ? image.dataUrl : undefined;
  if (url === undefined) {
    if (!allowed || imagePolicy === 'never')
      return <ImagePlaceholder {...common} note={l10n.t('Images are not loaded')} />;
    if (image.state === 'loading') return <ImagePlaceholder {...common} note={l10n.t('Loading image…')} busy />;
    const note =
      image.state === 'failed' ? l10n.t('Could not load the image') : l10n.t('Load image from {0}', remote?.host ?? '');
    return <ImagePlaceholder {...common} note={note} onLoad={load} />;
  }
  if (broken === url) return <ImagePlaceholder {...common} note={l10n.t('Could not load the image')} />;
  return (
    <img
      className="ck-picture"
      src={url}
      alt={alt ?? ''}
      style={style}
      decoding="async"
      draggable={false}
      onError={() => setBroken(url)}
    />
  );
}

interface ImagePlaceholderProps {
  readonly alt: string | undefined;
  /** Too small for text, which is then only in the tooltip and the accessible name. */
  readonly compact: boolean;
  /** Why there is no image, or what a click does. */
  readonly note: string;
  readonly busy?: boolean;
  /** Present if the image can be loaded. */
  readonly onLoad?: () => void;
}

/** Shown in place of an image. */
function ImagePlaceholder({ alt, compact, note, busy = false, onLoad }: ImagePlaceholderProps) {
  const label = alt ? `${note}: ${alt}` : note;
  const content = (
    <>
      {busy ? <span className="ck-spinner" /> : <Glyph shape={namedIcons['square-image']} size={compact ? 16 : 20} />}
      {!compact && alt && <span className="ck-placeholder-alt">{alt}</span>}
      {!compact && <span className="ck-placeholder-note">{note}</span>}
    </>
  );
  return onLoad ? (
    <button type="button" className="ck-placeholder" aria-label={label} title={label} onClick={onLoad}>
      {content}
    </button>
  ) : (
    <span className="ck-placeholder" role="img" aria-label={label} title={label} aria-busy={busy || undefined}>
      {content}
    </span>
  );
}

type RemoteImage =
  { readonly state: 'idle' | 'loading' | 'failed' } | { readonly state: 'loaded'; readonly dataUrl: string };

/** An image of another host: fetched when `load` is called, or immediately if `automatic`. */
function useRemoteImage(url: string | null, automatic: boolean): readonly [RemoteImage, load: () => void] {
  const { loadImage } = useWidgetHost();
  const [image, setImage] = useState<RemoteImage>({ state: 'idle' });
  const requested = useRef<string | null>(null);

  const load = useCallback(() => {
    if (url === null || loadImage === null) return;
    requested.current = url;
    setImage({ state: 'loading' });
    loadImage(url).then(
      (dataUrl) => {
        if (requested.current === url) setImage({ state: 'loaded', dataUrl });
      },
      () => {
        if (requested.current === url) setImage({ state: 'failed' });
      },
    );
  }, [url, loadImage]);

  useEffect(() => {
    requested.current = null;
    setImage({ state: 'idle' });
    if (automatic) load();
  }, [url, automatic, load]);

  return [image, load];
}
