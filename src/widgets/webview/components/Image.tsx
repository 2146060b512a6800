import type { ValidProps } from '../../common/node.ts';
import { flexCss } from '../../common/grammar/length.ts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { type WidgetStyle, blockStyle, colourStyle } from '../rendering/layout.ts';
import { GuardedImage } from './GuardedImage.tsx';

export function Image({ node }: WidgetComponentProps<'Image'>) {
  const theme = useWidgetTheme();
  const { src, alt, fit, position, frame, flush, background, flex } = node.props;
  const flexed = flex === undefined ? undefined : flexCss(flex);
  const style: WidgetStyle = {
    ...blockStyle(node.props),
    ...(flexed === undefined ? {} : { flex: flexed }),
    ...colourStyle('background', background, 'background', theme),
  };
  const className = ['ck-image', frame && 'ck-frame', flush && 'ck-flush', background && 'ck-filled'];
  return (
    <div className={className.filter(Boolean).join(' ')} style={style} data-widget-type="Image">
      <GuardedImage src={src} alt={alt} compact={isSmall(node.props)} style={imageStyle(fit, position)} />
    </div>
  );
}

function imageStyle(fit: ValidProps<'Image'>['fit'], position: ValidProps<'Image'>['position']): WidgetStyle {
  return {
    ...(fit === undefined ? {} : { objectFit: fit }),
    ...(position === undefined ? {} : { objectPosition: position }),
  };
}

/** Whether the image is too small for text: the placeholder of an avatar or a thumbnail has only an icon. */
function isSmall(props: ValidProps<'Image'>): boolean {
  const sides = [props.width ?? props.size, props.height ?? props.size, props.maxWidth ?? props.maxSize];
  return sides.some((side) => typeof side === 'number' && side < 140);
}
