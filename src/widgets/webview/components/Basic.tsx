import { Children } from '../Children.tsx';
import type { DrawingProps } from '../draw.ts';
import { flexStyle, paddingStyle } from '../layout.ts';
import { ThemeScope } from '../ThemeScope.tsx';

export function Basic({ node }: DrawingProps<'Basic'>) {
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
