import { createParser } from 'eventsource-parser';
import { SourceError } from '../../common/errors.ts';

/** The data of one event; `complete` is false for what stood at the end of the stream without the blank line after it. */
export interface SseMessage {
  readonly data: string;
  readonly complete: boolean;
}

/** A single event larger than this is not an event; characters. */
const maxEventLength = 64 * 1024 * 1024;

/**
 * The events of a byte stream (server-sent events), whatever the places at which it is cut into chunks; those that one
 * chunk completes come together. Comments and fields other than `data` are passed over. Throws what reading the chunks
 * throws, after the events that came before it.
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
  // What stands at the end without a blank line is given out too; it may be whole all the same.
  complete = false;
  parser.feed('\n\n');
  if (ready.length > 0) yield take();
}
