import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import { isAllowedHost, parseImageSource } from '../../common/grammar/imageSource.ts';
import { useWidgetHost } from '../rendering/widgetHost.ts';
import type { WidgetStyle } from '../rendering/layout.ts';
import { ImagePlaceholder } from './ImagePlaceholder.tsx';
import { useRemoteImage } from './useRemoteImage.ts';

interface GuardedImageProps {
  readonly src: string | undefined;
  readonly alt: string | undefined;
  /** No room for words. */
  readonly compact: boolean;
  readonly style?: WidgetStyle;
}

/**
 * A picture that asks nobody for anything before it may: those inside the widget are shown, those of other hosts as the
 * user's policy and the thread's domains allow (chatkit-api 6.9). Until then a placeholder stands in its place.
 */
export function GuardedImage({ src, alt, compact, style }: GuardedImageProps) {
  const { imagePolicy, imageDomains, loadImage } = useWidgetHost();
  const source = src === undefined ? undefined : parseImageSource(src);
  const remote = source?.kind === 'remote' ? source : null;
  const allowed = remote !== null && isAllowedHost(remote.host, imageDomains) && loadImage !== null;
  const [image, load] = useRemoteImage(allowed ? (src ?? null) : null, allowed && imagePolicy === 'always');
  const [broken, setBroken] = useState<string | null>(null);
  const place = { alt, compact };

  if (!source) return <ImagePlaceholder {...place} note={l10n.t('Only https: and data: images are loaded')} />;
  if (remote !== null && !isAllowedHost(remote.host, imageDomains)) {
    return <ImagePlaceholder {...place} note={l10n.t('The thread does not allow images from {0}', remote.host)} />;
  }
  const url = source.kind === 'data' ? src : image.state === 'loaded' ? image.dataUrl : undefined;
  if (url === undefined) {
    if (!allowed || imagePolicy === 'never')
      return <ImagePlaceholder {...place} note={l10n.t('Images are not loaded')} />;
    if (image.state === 'loading') return <ImagePlaceholder {...place} note={l10n.t('Loading the image…')} busy />;
    const note =
      image.state === 'failed'
        ? l10n.t('The image could not be loaded')
        : l10n.t('Load image from {0}', remote?.host ?? '');
    return <ImagePlaceholder {...place} note={note} onLoad={load} />;
  }
  if (broken === url) return <ImagePlaceholder {...place} note={l10n.t('The image could not be loaded')} />;
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
