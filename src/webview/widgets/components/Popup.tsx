import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { WidgetStyle } from '../layout.ts';

interface PopupProps {
  readonly open: boolean;
  /** Name of the anchor, as the control set it. */
  readonly anchor: string;
  /** CSS `position-area`. */
  readonly area: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * Something that opens beside a control, in the browser's top layer: the frame of the widget does not cut it off, Escape and a
 * click elsewhere close it.
 */
export function Popup({ open, anchor, area, onClose, children }: PopupProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const popup = element.current;
    if (!popup || !open) return undefined;
    popup.showPopover();
    return () => popup.hidePopover();
  }, [open]);
  if (!open) return null;
  const style: WidgetStyle = { positionAnchor: anchor, positionArea: area };
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
