import * as l10n from '@vscode/l10n';
import type { ReactNode } from 'react';
import type { KnownNode } from '../../common/node.ts';
import { controlStyle } from '../rendering/layout.ts';
import { Glyph } from '../icons/IconGlyph.tsx';
import { controlIcons, namedIcons } from '../icons/namedIcons.ts';

interface ControlShellProps {
  readonly node: KnownNode<'Select'> | KnownNode<'DatePicker'>;
  readonly empty: boolean;
  readonly icon: 'chevron' | 'calendar';
  readonly onClear: () => void;
  readonly children: ReactNode;
}

/** The frame of a control that opens a popup, with the clear button and the icon. */
export function ControlShell({ node, empty, icon, onClear, children }: ControlShellProps) {
  const { variant = 'outline', block, clearable, disabled } = node.props;
  const classes = [
    'ck-control',
    `ck-control-${variant}`,
    block && 'ck-block',
    disabled && 'ck-disabled',
    empty && 'ck-empty',
  ];
  return (
    <span className={classes.filter(Boolean).join(' ')} style={controlStyle(node.props)} data-widget-type={node.type}>
      {children}
      {clearable && !empty && !disabled && (
        <button
          type="button"
          className="ck-clear"
          aria-label={l10n.t('Clear')}
          title={l10n.t('Clear')}
          onClick={onClear}
        >
          <Glyph shape={controlIcons.close} size={14} />
        </button>
      )}
      <span className="ck-control-icon">
        <Glyph shape={icon === 'calendar' ? namedIcons.calendar : controlIcons.open} size={16} />
      </span>
    </span>
  );
}
