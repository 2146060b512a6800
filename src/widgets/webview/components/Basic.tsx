import { Children, ThemeScope } from '../rendering/NodeView.tsx';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { flexStyle, paddingStyle } from '../rendering/layout.ts';

export function Basic({ node }: WidgetComponentProps<'Basic'>) {
  const { direction = 'col', padding, theme } = node.props;
  return (
    <ThemeScope theme={theme}>
      <div
        className={direction === 'row' ? 'ck-box ck-row ck-basic' : 'ck-box ck-col ck-basic'}
        style={{ ...flexStyle(node.props), ...paddingStyle(padding) }}
        data-widget-type="Basic"
      >
        <Children node={node} />
      </div>
    </ThemeScope>
  );
}
