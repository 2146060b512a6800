import { setTimeout } from 'node:timers/promises';

type Bytes = Uint8Array<ArrayBuffer>;

/** Returns a stream that sends the bytes in `chunks` pieces, one every `ms` milliseconds. */
export function drip(bytes: Bytes, chunks: number, ms: number, disconnected: AbortSignal): ReadableStream<Bytes> {
  const size = Math.max(1, Math.ceil(bytes.byteLength / chunks));
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      if (sent > 0) await setTimeout(ms, undefined, { signal: disconnected }).catch(() => undefined);
      if (disconnected.aborted || sent >= bytes.byteLength) return controller.close();
      controller.enqueue(bytes.slice(sent, sent + size));
      sent += size;
    },
  });
}

/** Returns the first `bytes` bytes of a body, then calls `disconnect`. */
export function cutAfter(
  body: ReadableStream<Bytes> | null,
  bytes: number,
  disconnect: () => void,
): ReadableStream<Bytes> {
  const reader = body?.getReader();
  let left = bytes;
  return new ReadableStream({
    async pull(controller) {
      const next = left > 0 ? await reader?.read() : undefined;
      if (next?.value !== undefined) {
        controller.enqueue(next.value.slice(0, left));
        left -= next.value.byteLength;
        return;
      }
      // Wait until the last bytes are sent.
      await setTimeout(20);
      await reader?.cancel();
      disconnect();
    },
    cancel: () => reader?.cancel(),
  });
}

/** Returns an event stream whose event after the first `events` events is not valid JSON. */
export function corruptAfterEvents(body: ReadableStream<Bytes> | null, events: number): ReadableStream<Bytes> {
  let seen = 0;
  const corrupt = new TransformStream<Bytes, Bytes>({
    transform(chunk, controller) {
      if (seen === events) controller.enqueue(new TextEncoder().encode('data: {"type":"thread.item.upd\n\n'));
      seen += new TextDecoder().decode(chunk).split('\n\n').length - 1;
      controller.enqueue(chunk);
    },
  });
  return (body ?? new Blob([]).stream()).pipeThrough(corrupt);
}
