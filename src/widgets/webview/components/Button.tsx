import * as l10n from '@vscode/l10n';
import { buttonIconSizes, controlSizes, pillGutterFactor } from '../../common/grammar/tokens.ts';
import type { ValidProps } from '../../common/node.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { useAction } from '../form/useAction.ts';
import { IconGlyph } from '../icons/IconGlyph.tsx';
import type { WidgetStyle } from '../rendering/layout.ts';

export function Button({ node }: WidgetComponentProps<'Button'>) {
  const { run, busy } = useAction(node);
  const { props } = node;
  const { label, submit, iconStart, iconEnd, disabled, onClickAction } = props;
  const { color, variant } = presetOf(props);
  const metrics = controlSizes[props.size ?? 'md'];
  const icon = props.iconSize === undefined ? metrics.icon : buttonIconSizes[props.iconSize];
  return (
    <button
      // `submit`: the browser submits the surrounding form, whose action runs after the action of the button.
      type={submit ? 'submit' : 'button'}
      className={buttonClass(props, color, variant)}
      style={buttonStyle(props)}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-label={label ? undefined : (iconStart ?? iconEnd ?? l10n.t('Action')).replace(/^\w+:/, '')}
      onClick={() => run(onClickAction, 'click')}
      data-widget-type="Button"
    >
      {busy && <span className="ck-spinner" role="status" aria-label={l10n.t('Loading')} />}
      {iconStart !== undefined && <IconGlyph name={iconStart} size={icon} />}
      {label && <span className="ck-truncate">{label}</span>}
      {iconEnd !== undefined && <IconGlyph name={iconEnd} size={icon} />}
    </button>
  );
}

/** `style` is a preset; an explicit colour or variant overrides it. */
function presetOf(props: ValidProps<'Button'>) {
  const secondary = props.style === 'secondary';
  return {
    color: props.color ?? (secondary ? 'secondary' : 'primary'),
    variant: props.variant ?? (secondary ? 'soft' : 'solid'),
  };
}

function buttonClass(props: ValidProps<'Button'>, color: string, variant: string): string {
  const square = props.uniform === true || (!props.label && props.iconStart !== undefined && !props.iconEnd);
  const classes = ['ck-button', `ck-tone-${color}`, `ck-${variant}`, square && 'ck-square', props.block && 'ck-block'];
  return classes.filter(Boolean).join(' ');
}

export function buttonStyle({ size = 'md', pill = true }: Pick<ValidProps<'Button'>, 'size' | 'pill'>): WidgetStyle {
  const metrics = controlSizes[size];
  return {
    '--ck-control-height': `${metrics.height}px`,
    fontSize: metrics.font,
    paddingInline: pill ? metrics.gutter * pillGutterFactor : metrics.gutter,
    borderRadius: pill ? 9999 : metrics.radius,
  };
}
