import { useSyncExternalStore } from 'react';
import { Emitter } from '../../base/common/events.ts';

const announced = new Emitter<void>();
let message = '';

/** Announces a message to screen readers (`aria-live="polite"`). */
export function announce(text: string): void {
  message = text;
  announced.fire();
}

/** The only live region of the page. */
export function LiveStatus() {
  const text = useSyncExternalStore(announced.on, () => message);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
