import { createParser } from 'eventsource-parser';
import { SourceError } from '../../common/errors.ts';

/** The data of one event. `complete` is false for an event at the end of the stream without a blank line after it. */
export interface SseMessage {
  readonly data: string;
  readonly complete: boolean;
}

/** Maximum length of one event, in characters. */
const maxEventLength = 64 * 1024 * 1024;

/**
 * Yields the server-sent events of a byte stream, regardless of chunk boundaries. Events that one chunk completes are
 * yielded together. Ignores comments and fields other than `data`. Rethrows an error of reading the chunks, after the
 * events before it.
 */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
  maxLength = maxEventLength,
): AsyncGenerator<readonly SseMessage[], void, void> {
  let ready: SseMessage[] = [];
  let complete = true;
  let tooLong = false;
  const parser = createParser({
    maxBufferSize: maxLength,
    onEvent: ({ data }) => ready.push({ data, complete }),
    onError: ({ type }) => (tooLong ||= type === 'max-buffer-size-exceeded'),
  });
  const decoder = new TextDecoder();
  const take = (): readonly SseMessage[] => {
    const messages = ready;
    ready = [];
    return messages;
  };
  for await (const chunk of chunks) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (ready.length > 0) yield take();
    if (tooLong) throw new SourceError('tooLarge', 'A single event of the stream is larger than what can be read.');
  }
  parser.feed(decoder.decode());
  if (ready.length > 0) yield take();
  // An event at the end without a blank line is yielded too, because it can still be complete.
  complete = false;
  parser.feed('\n\n');
  if (ready.length > 0) yield take();
}
