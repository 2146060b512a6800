import { useState } from 'react';

export interface Sending {
  readonly busy: boolean;
  /** Why the last try failed; null while there is nothing to say. */
  readonly problem: string | null;
  /** Sends, unless something is being sent; true when it arrived. */
  readonly send: (request: () => Promise<{ readonly sent: boolean }>) => Promise<boolean>;
  readonly say: (problem: string | null) => void;
}

/** Something that is sent to the host with a button, and may fail: before anything is sent, or for reasons told elsewhere. */
export function useSending(): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, say] = useState<string | null>(null);
  const send = async (request: () => Promise<{ readonly sent: boolean }>) => {
    if (busy) return false;
    setBusy(true);
    say(null);
    try {
      return (await request()).sent;
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send, say };
}
