import type { ComponentProps } from 'react';
import './controls.css';

type Props = ComponentProps<'button'> & {
  /** `link` looks like a link and stays a button; `secondary` unless given. */
  readonly look?: 'primary' | 'secondary' | 'link';
};

export function VsButton({ look = 'secondary', className, ...rest }: Props) {
  return <button type="button" {...rest} className={`vs-button ${look} ${className ?? ''}`} />;
}
