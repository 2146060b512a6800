import { useSyncExternalStore } from 'react';
import { Emitter } from '../../base/common/events.ts';

const said = new Emitter<void>();
let sentence = '';

/** Says a sentence to a screen reader, politely. */
export function announce(text: string): void {
  sentence = text;
  said.fire();
}

/** The one live region of the page. */
export function LiveStatus() {
  const text = useSyncExternalStore(said.on, () => sentence);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
