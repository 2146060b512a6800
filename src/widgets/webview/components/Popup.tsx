import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { WidgetStyle } from '../rendering/layout.ts';

interface PopupProps {
  readonly open: boolean;
  /** Name of the CSS anchor of the control. */
  readonly anchor: string;
  /** CSS `position-area`; its first word is the side of the control. */
  readonly area: string;
  /** Moves the focus into the popup. */
  readonly takesFocus?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A popup of a control, in the top layer of the browser: the widget does not clip it; Escape and a click outside close it.
 */
export function Popup({ open, anchor, area, takesFocus = false, onClose, children }: PopupProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const popup = element.current;
    if (!popup || !open) return undefined;
    popup.showPopover();
    if (takesFocus) popup.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    return () => popup.hidePopover();
  }, [open, takesFocus]);
  if (!open) return null;
  const margin = /^(?:left|right)/.test(area) ? '0 4px' : '4px 0';
  const style: WidgetStyle = { positionAnchor: anchor, positionArea: area, margin };
  return (
    <div
      ref={element}
      popover="auto"
      className="ck-popup"
      style={style}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
    >
      {children}
    </div>
  );
}

/** Returns the anchor name of a control. React ids contain characters that are not allowed in a CSS name. */
export function anchorName(id: string): string {
  return `--ck-${id.replace(/[^a-zA-Z0-9]/g, '')}`;
}
