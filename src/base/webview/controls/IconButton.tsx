import type { ComponentProps } from 'react';
import { Icon } from './Icon.tsx';
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
