import { useSyncExternalStore } from 'react';
import { Emitter } from '../../base/common/events.ts';

const announced = new Emitter<void>();
/** A new object for each announcement: the same text can be announced twice. */
let message = { text: '', serial: 0 };

/** Announces a message to screen readers (`aria-live="polite"`). */
export function announce(text: string): void {
  message = { text, serial: message.serial + 1 };
  announced.fire();
}

/** The only live region of the page. */
export function LiveStatus() {
  const { text, serial } = useSyncExternalStore(announced.on, () => message);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      <span key={serial}>{text}</span>
    </div>
  );
}
