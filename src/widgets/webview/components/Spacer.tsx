import { dimensionCss } from '../../common/grammar/length.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';

export function Spacer({ node }: WidgetComponentProps<'Spacer'>) {
  const { minSize } = node.props;
  const size = minSize === undefined ? undefined : dimensionCss(minSize);
  return (
    <div className="ck-spacer" style={size ? { minWidth: size, minHeight: size } : {}} data-widget-type="Spacer" />
  );
}
