import { badgeSizes } from '../../common/grammar/tokens.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';

export function Badge({ node }: WidgetComponentProps<'Badge'>) {
  const { label = '', color = 'secondary', variant = 'soft', size = 'sm', pill } = node.props;
  const metrics = badgeSizes[size];
  return (
    <span
      className={`ck-badge ck-tone-${color} ck-${variant}`}
      style={{
        minHeight: metrics.height,
        fontSize: metrics.font,
        paddingInline: metrics.gutter,
        borderRadius: pill ? 9999 : metrics.radius,
      }}
      data-widget-type="Badge"
    >
      <span className="ck-truncate">{label}</span>
    </span>
  );
}
