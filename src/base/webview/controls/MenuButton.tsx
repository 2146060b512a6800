import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Icon } from './buttons.tsx';
import { Popup } from './Popup.tsx';
import './controls.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: string;
  /** Shown at the right: a count or a key. */
  readonly note?: string;
  /** For entries that can be on or off; choosing one leaves the menu open. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** A second action of the entry, at its end; the right arrow key moves to it. */
  readonly also?: { readonly id: string; readonly label: string; /** Its accessible name. */ readonly name: string };
  /** Draws a line above. */
  readonly startsGroup?: boolean;
}

interface Props {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly onChoose: (id: string) => void;
  /** Which edge of the button the menu lines up with. */
  readonly align?: 'start' | 'end';
  readonly tabIndex?: number;
}

/**
 * A button with a menu, by the pattern of the ARIA practices: arrows move, Home and End jump, a letter moves to the next
 * entry that starts with it, Escape closes.
 */
export function MenuButton({ label, className, children, entries, onChoose, align = 'start', tabIndex }: Props) {
  const [open, setOpen] = useState(false);
  const menuId = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  /** Whether the menu was open when the button was pressed: the press itself closes it. */
  const wasOpen = useRef(false);

  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        event.stopPropagation();
        setOpen(true);
      }
      return;
    }
    event.stopPropagation();
    const focused = document.activeElement as HTMLElement | null;
    const sideways = { ArrowRight: focused?.nextElementSibling, ArrowLeft: focused?.previousElementSibling }[event.key];
    if (sideways instanceof HTMLElement && focused?.parentElement?.className === 'menu-pair') {
      event.preventDefault();
      return sideways.focus();
    }
    const items = [...(root.current?.querySelectorAll<HTMLElement>('.menu-entry') ?? [])];
    const at = items.findIndex((item) => item === focused || item.nextElementSibling === focused);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      items[target % items.length]?.focus();
    } else if (event.key.trim().length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const following = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      const letter = event.key.toLocaleLowerCase();
      following.find((item) => labelOf(item).toLocaleLowerCase().startsWith(letter))?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close(true);
    } else if (event.key === 'Tab') {
      close(false);
    }
  };

  const choose = (entry: MenuEntry) => {
    if (entry.disabled) return;
    if (entry.checked === undefined) close(true);
    onChoose(entry.id);
  };

  return (
    <div className="menu-root" ref={root} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        aria-label={label}
        title={label}
        tabIndex={tabIndex}
        onPointerDown={() => {
          wasOpen.current = open;
        }}
        onClick={({ detail }) => setOpen(detail > 0 ? !wasOpen.current : !open)}
      >
        {children}
      </button>
      <Popup
        open={open}
        className="menu"
        role="menu"
        id={menuId}
        aria-label={label}
        align={align}
        takesFocus
        onClose={() => close(false)}
      >
        {entries.flatMap((entry) => [
          entry.startsGroup === true && <div key={`line-${entry.id}`} className="menu-line" role="separator" />,
          <div key={entry.id} role="none" className="menu-pair">
            <button
              type="button"
              role={entry.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              aria-checked={entry.checked}
              aria-disabled={entry.disabled}
              tabIndex={-1}
              className="menu-entry"
              onClick={() => choose(entry)}
              onPointerMove={focusItem}
            >
              <span className="menu-check">
                {entry.checked ? <Icon name="check" /> : entry.icon ? <Icon name={entry.icon} /> : null}
              </span>
              <span className="menu-label">{entry.label}</span>
              {entry.note !== undefined && <span className="menu-note">{entry.note}</span>}
            </button>
            {entry.also !== undefined && (
              <button
                type="button"
                role="menuitem"
                aria-label={entry.also.name}
                tabIndex={-1}
                className="menu-also"
                onClick={() => entry.also && onChoose(entry.also.id)}
                onPointerMove={focusItem}
              >
                {entry.also.label}
              </button>
            )}
          </div>,
        ])}
      </Popup>
    </div>
  );
}

function labelOf(item: HTMLElement): string {
  return item.querySelector('.menu-label')?.textContent ?? '';
}

function focusItem({ currentTarget }: PointerEvent<HTMLElement>): void {
  currentTarget.focus({ preventScroll: true });
}
