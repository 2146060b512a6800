import type { ComponentProps } from 'react';
import './controls.css';

type Props = Omit<ComponentProps<'button'>, 'title' | 'children'> & {
  readonly icon: string;
  /** Its accessible name and its tooltip. */
  readonly label: string;
  /** For a switch: whether it is on. */
  readonly pressed?: boolean;
};

export function IconButton({ icon, label, pressed, className, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={`icon-button ${className ?? ''}`}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A codicon. Decorative: its meaning is part of its parent's accessible name. */
export function Icon({ name, spin = false }: { readonly name: string; readonly spin?: boolean }) {
  return <span className={`codicon codicon-${name}${spin ? ' codicon-modifier-spin' : ''}`} aria-hidden="true" />;
}

type VsButtonProps = ComponentProps<'button'> & {
  /** `link` looks like a link and stays a button; default: `secondary`. */
  readonly look?: 'primary' | 'secondary' | 'link';
};

export function VsButton({ look = 'secondary', className, ...rest }: VsButtonProps) {
  return <button type="button" {...rest} className={`vs-button ${look} ${className ?? ''}`} />;
}
