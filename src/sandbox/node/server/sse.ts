import { setTimeout } from 'node:timers/promises';

/**
 * A stream of server events, framed as the SDK does it: `data: <one line of JSON>`, a blank line, and nothing else; its end is
 * the end of the connection (chatkit-api 5.1).
 *
 * @param run sends the events; its signal fires when the client has gone. Where it throws, `breakOff` ends the connection.
 */
export function eventStream(
  run: (send: (event: object) => void, signal: AbortSignal) => Promise<void>,
  breakOff: () => void,
): Response {
  const gone = new AbortController();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (event: object): void => {
        if (!gone.signal.aborted) controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      };
      // Not awaited: `start` has to end before anybody can cancel.
      void run(send, gone.signal).then(
        () => gone.signal.aborted || controller.close(),
        // What was sent last is given a moment to leave the machine.
        () => setTimeout(20).then(breakOff),
      );
    },
    cancel: () => gone.abort(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  });
}
