import { useState } from 'react';
import { isAllowedHost, parseImageSource } from '../../common/imageSource.ts';
import { fillIn } from '../../common/strings.ts';
import { useWidgetHost } from '../context.ts';
import type { WidgetStyle } from '../layout.ts';
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
  const { imagePolicy, imageDomains, loadImage, strings } = useWidgetHost();
  const source = src === undefined ? undefined : parseImageSource(src);
  const remote = source?.kind === 'remote' ? source : null;
  const allowed = remote !== null && isAllowedHost(remote.host, imageDomains) && loadImage !== null;
  const [image, load] = useRemoteImage(allowed ? (src ?? null) : null, allowed && imagePolicy === 'always');
  const [broken, setBroken] = useState<string | null>(null);
  const place = { alt, compact };

  if (!source) return <ImagePlaceholder {...place} note={strings.imageBlockedSource} />;
  if (remote !== null && !isAllowedHost(remote.host, imageDomains)) {
    return <ImagePlaceholder {...place} note={fillIn(strings.imageBlockedDomain, remote.host)} />;
  }
  const url = source.kind === 'data' ? src : image.state === 'loaded' ? image.dataUrl : undefined;
  if (url === undefined) {
    if (!allowed || imagePolicy === 'never') return <ImagePlaceholder {...place} note={strings.imageNever} />;
    if (image.state === 'loading') return <ImagePlaceholder {...place} note={strings.imageLoading} busy />;
    const note = image.state === 'failed' ? strings.imageFailed : fillIn(strings.imageLoad, remote?.host ?? '');
    return <ImagePlaceholder {...place} note={note} onLoad={load} />;
  }
  if (broken === url) return <ImagePlaceholder {...place} note={strings.imageFailed} />;
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
