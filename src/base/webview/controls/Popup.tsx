import { useEffect, useEffectEvent, useLayoutEffect, useRef, type ComponentProps } from 'react';
import './menu.css';

type Side = 'top' | 'bottom' | 'left' | 'right';
type Align = 'start' | 'center' | 'end';

interface Props extends Omit<ComponentProps<'div'>, 'ref' | 'style'> {
  readonly open: boolean;
  /** Side of the anchor; the opposite one if it has more space and this one is too small. */
  readonly side?: Side;
  /** Edge of the anchor that the popup is aligned with, in the direction of the text. */
  readonly align?: Align;
  /** The popup is at least as wide as its anchor. */
  readonly coversAnchor?: boolean;
  /** Moves the focus to the first element in the tab order, or to the first menu item. */
  readonly takesFocus?: boolean;
  readonly onClose: () => void;
}

/** Distance to the anchor and to the edges of the page, in px. */
const gap = 2;
const margin = 4;

/**
 * A popup beside its parent element: a menu, a list, a calendar. It is in the top layer of the browser, so no scroll area
 * and no neighbour clips it, and it stays within the page. Escape, a click outside, another popup, the loss of the
 * window's focus and scrolling its parent out of view close it.
 */
export function Popup({ open, className = '', ...rest }: Props) {
  return open ? <OpenPopup {...rest} className={className} /> : null;
}

function OpenPopup({
  side = 'bottom',
  align = 'start',
  coversAnchor = false,
  takesFocus = false,
  className,
  onClose,
  ...rest
}: Omit<Props, 'open'>) {
  const element = useRef<HTMLDivElement>(null);
  const close = useEffectEvent(onClose);

  useLayoutEffect(() => {
    const popup = element.current;
    const anchor = popup?.parentElement;
    if (!popup || !anchor) return undefined;
    const put = () => place(popup, anchor, side, align, coversAnchor);
    popup.showPopover();
    put();
    if (takesFocus) popup.querySelector<HTMLElement>('[role^=menuitem], [tabindex="0"]')?.focus();
    const resized = new ResizeObserver(put);
    resized.observe(popup);
    window.addEventListener('resize', put);
    return () => {
      resized.disconnect();
      window.removeEventListener('resize', put);
      if (popup.isConnected) popup.hidePopover();
    };
  }, [side, align, coversAnchor, takesFocus]);

  useEffect(() => {
    const onScroll = ({ target }: Event) => {
      const popup = element.current;
      const anchor = popup?.parentElement;
      if (!popup || !anchor || popup.contains(target as Node)) return;
      if (isInView(anchor)) place(popup, anchor, side, align, coversAnchor);
      else close();
    };
    const onBlur = () => close();
    document.addEventListener('scroll', onScroll, true);
    window.addEventListener('blur', onBlur);
    return () => {
      document.removeEventListener('scroll', onScroll, true);
      window.removeEventListener('blur', onBlur);
    };
  }, [side, align, coversAnchor]);

  return (
    <div
      {...rest}
      ref={element}
      popover="auto"
      className={`popup ${className}`}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
    />
  );
}

/** Returns whether the centre of an element is visible, that is, no scroll area clips it. */
function isInView(element: HTMLElement): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  return document.elementsFromPoint(left + width / 2, top + height / 2).includes(element);
}

/** Sets the position and the maximum size of a popup. */
function place(popup: HTMLElement, anchor: HTMLElement, side: Side, align: Align, coversAnchor: boolean): void {
  const { style } = popup;
  const { innerWidth, innerHeight } = window;
  const box = anchor.getBoundingClientRect();
  style.minWidth = coversAnchor ? `${Math.min(box.width, innerWidth - 2 * margin)}px` : '';
  style.maxHeight = '';
  style.maxWidth = `min(${innerWidth - 2 * margin}px, var(--popup-width, 100vw))`;
  const { offsetWidth: width, offsetHeight: height } = popup;
  const space: Record<Side, number> = {
    top: box.top - gap - margin,
    bottom: innerHeight - box.bottom - gap - margin,
    left: box.left - gap - margin,
    right: innerWidth - box.right - gap - margin,
  };
  const isVertical = side === 'top' || side === 'bottom';
  const opposite = ({ top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const)[side];
  const needed = isVertical ? height : width;
  const chosen = space[side] < needed && space[opposite] > space[side] ? opposite : side;
  // A popup that fits beside neither side of its anchor covers it.
  const beside = (length: number, before: number, after: number, total: number) =>
    clamp(chosen === 'top' || chosen === 'left' ? before - gap - length : after + gap, length, total);
  const isRtl = getComputedStyle(anchor).direction === 'rtl';
  if (isVertical) {
    // Whole pixels: scrolling cannot show the rest of a row that is cut by a fraction of one.
    const room = Math.floor(Math.max(space[chosen], 80));
    style.maxHeight = `${room}px`;
    style.top = `${Math.round(beside(Math.min(height, room), box.top, box.bottom, innerHeight))}px`;
    style.left = `${clamp(aligned(isRtl ? mirrored[align] : align, box.left, box.right, width), width, innerWidth)}px`;
  } else {
    style.maxHeight = `${innerHeight - 2 * margin}px`;
    style.left = `${beside(width, box.left, box.right, innerWidth)}px`;
    style.top = `${clamp(aligned(align, box.top, box.bottom, height), height, innerHeight)}px`;
  }
}

const mirrored: Record<Align, Align> = { start: 'end', center: 'center', end: 'start' };

function aligned(align: Align, from: number, to: number, length: number): number {
  if (align === 'start') return from;
  return align === 'end' ? to - length : (from + to - length) / 2;
}

/** Moves a position so that `length` px from it are within the page, if they fit. */
function clamp(position: number, length: number, total: number): number {
  return Math.max(margin, Math.min(position, total - margin - length));
}
