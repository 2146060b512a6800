import type { ReactNode } from 'react';
import type { WidgetTheme } from '../../common/grammar/palette.ts';
import { useWidgetTheme, WidgetThemeContext } from './widgetHost.ts';

interface ThemeScopeProps {
  /** Absent: the outer theme applies. */
  readonly theme: WidgetTheme | undefined;
  readonly children: ReactNode;
}

/** Renders its content in the given theme, independently of the editor's. */
export function ThemeScope({ theme, children }: ThemeScopeProps) {
  const outer = useWidgetTheme();
  if (theme === undefined || theme === outer) return children;
  return (
    <WidgetThemeContext value={theme}>
      <div className={`ck-theme ck-theme-forced ck-theme-${theme}`}>{children}</div>
    </WidgetThemeContext>
  );
}
