import { useState } from 'react';

export interface Sending {
  readonly busy: boolean;
  /** Error of the last attempt; null if none. */
  readonly problem: string | null;
  /** Sends a request unless one is in progress. Returns true if the server accepted it. */
  readonly send: (request: () => Promise<{ readonly sent: boolean }>) => Promise<boolean>;
  readonly setProblem: (problem: string | null) => void;
}

/** State of a form that sends a request to the host: progress, and the error of a request that was not sent. */
export function useSending(): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (request: () => Promise<{ readonly sent: boolean }>) => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      return (await request()).sent;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send, setProblem };
}
