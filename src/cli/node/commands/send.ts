import type { Json } from '../../../base/common/json.ts';
import { oneLine, visible } from '../../../base/common/plainText.ts';
import { isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { AssistantMessageItem } from '../../../chatkit/common/model/item.ts';
import { messageCommand, type StreamCommand } from '../../../chatkit/common/stream/conversationApi.ts';
import type { ReceivedEvent, StreamEvent } from '../../../chatkit/common/stream/events.ts';
import { StreamState } from '../../../chatkit/common/stream/streamState.ts';
import { itemSummary } from '../../../threads/common/summary/itemSummary.ts';
import { openConnection, type ConnectionFlags, type Context } from '../connection.ts';
import { CliError, exitCodeOf, exitCodes, reportOf } from '../errors.ts';
import { readText } from '../files.ts';

interface SendFlags extends ConnectionFlags {
  readonly thread?: string;
  readonly model?: string;
  readonly tool?: string;
  readonly quote?: string;
}

/** Sends one message and prints the response as it arrives. `-` reads the message from standard input. */
export async function sendMessage(message: string, flags: SendFlags, context: Context): Promise<number> {
  const { out, signal } = context;
  const text = message === '-' ? (await readText('-', context)).replace(/\r?\n$/, '') : message;
  if (text.trim() === '') throw new CliError('usage', 'The message is empty.', 'send "Hello"');
  const { source, noteProblems, close } = await openConnection(flags, context);
  const state = new StreamState();
  const live = new LiveText(context);
  let threadId = flags.thread ?? null;
  let failure: unknown = null;
  try {
    const { conversation } = source;
    if (conversation === undefined) {
      throw new CliError('unsupported', 'The hosted API cannot send messages.', 'use a connection with --kind server');
    }
    for await (const events of conversation.send(commandOf(text, flags), signal)) {
      for (const received of events) {
        state.apply(state.resolve(received.event, () => undefined));
        threadId ??= state.thread?.id ?? threadOf(received.event);
        await (out.isJson ? out.jsonLine(rawOf(received)) : live.print(received.event, state));
      }
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    failure = error;
  } finally {
    await close();
  }
  await live.end();
  const isStopped = signal.aborted || isSourceError(failure, 'cancelled');
  const end = isStopped ? 'stopped' : failure === null && state.fault === null ? 'done' : 'failed';
  if (out.isJson) await out.jsonLine({ end, threadId });
  else noteEnd(end, threadId, state, context);
  if (failure === null) noteProblems();
  if (isStopped) return exitCodes.interrupted;
  if (failure !== null) {
    const error = toSourceError(failure);
    out.error(reportOf(error, flags.thread ?? null));
    return exitCodeOf(error);
  }
  if (state.fault === null) return exitCodes.fine;
  const { message: reason, code } = state.fault;
  out.error({
    kind: 'server',
    message:
      code === 'custom' && reason !== null
        ? reason
        : `The response ended with the error ${code}${reason === null ? '.' : `: ${reason}`}`,
    nextStep: 'see the log of the server',
  });
  return exitCodes.server;
}

function commandOf(text: string, { thread, model, tool, quote }: SendFlags): StreamCommand {
  const input = {
    content: [{ type: 'text', text }],
    attachments: [],
    quotedText: quote ?? null,
    model: model ?? null,
    toolChoice: tool ?? null,
  } as const;
  return messageCommand(thread ?? null, input);
}

/** The thread of a streamed item, for servers that never announce the thread. */
function threadOf(event: StreamEvent): string | null {
  return 'item' in event && event.item.threadId !== '' ? event.item.threadId : null;
}

/** The event as it arrived; an event that is not JSON as its text. */
function rawOf({ raw, event }: ReceivedEvent): Json {
  return event.type === 'unknown' && typeof raw === 'string' ? { type: null, text: raw } : raw;
}

/** Writes the text of answers as it grows, and one line for everything else. */
class LiveText {
  readonly #context: Context;
  #openLine = false;
  #itemId: string | null = null;
  /** The printed text of the item. */
  #printed = '';

  constructor(context: Context) {
    this.#context = context;
  }

  async print(event: StreamEvent, state: StreamState): Promise<void> {
    const { out } = this.#context;
    switch (event.type) {
      case 'itemUpdated':
        if (event.update.type === 'textDelta') await this.#append(event.itemId, event.update.delta);
        return;
      case 'itemAdded':
        // Servers without deltas add an answer with its text, or with its first part.
        if (event.item.kind === 'assistant_message') await this.#show(event.item);
        return;
      case 'itemFinished':
      case 'itemDone': {
        const item = event.type === 'itemDone' ? event.item : state.item(event.itemId);
        if (item === undefined || item.kind === 'user_message') return;
        if (item.kind !== 'assistant_message')
          return this.#line(out.paint('cyan', `[${item.kind}]`), itemSummary(item));
        if (!(await this.#show(item))) {
          await this.end();
          await this.#append(item.id, textOf(item));
        }
        return this.end();
      }
      case 'progress':
        return this.#line(out.paint('dim', '[progress]'), event.text);
      case 'notice':
        return this.#line(
          out.paint('yellow', `[${oneLine(event.level, 20)}]`),
          [event.title, event.message].filter(Boolean).join(': '),
        );
      case 'effect':
        return this.#line(out.paint('dim', '[effect]'), event.name);
      case 'threadUpdated':
        return state.thread?.title == null ? undefined : this.#line(out.paint('dim', '[title]'), state.thread.title);
      default:
        return;
    }
  }

  async end(): Promise<void> {
    if (this.#openLine) await this.#context.out.line();
    this.#openLine = false;
  }

  async #append(itemId: string, text: string): Promise<void> {
    if (this.#itemId !== itemId) {
      await this.end();
      this.#printed = '';
    }
    this.#itemId = itemId;
    if (text === '') return;
    this.#printed += text;
    this.#openLine = true;
    await this.#context.out.write(visible(text));
  }

  /** Prints what is new of a message; false where it does not continue what was printed. */
  async #show(item: AssistantMessageItem): Promise<boolean> {
    const text = textOf(item);
    const printed = this.#itemId === item.id ? this.#printed : '';
    if (!text.startsWith(printed)) return false;
    await this.#append(item.id, text.slice(printed.length));
    return true;
  }

  async #line(label: string, text: string): Promise<void> {
    await this.end();
    await this.#context.out.line(`${label} ${oneLine(text)}`);
  }
}

function textOf({ parts }: AssistantMessageItem): string {
  return parts.map(({ text }) => text).join('');
}

function noteEnd(end: string, threadId: string | null, state: StreamState, { out }: Context): void {
  const thread = threadId === null ? '' : ` Thread ${oneLine(threadId, 120)}.`;
  if (end === 'stopped') return out.note(`Stopped. The server may keep the partial response.${thread}`);
  for (const item of state.items) {
    if (item.kind === 'client_tool_call' && item.status === 'open') {
      out.note(`The thread waits for the output of ${oneLine(item.name, 60)}.`);
    }
    if (item.kind === 'structured_input' && item.status === 'pending') out.note('The thread waits for a form.');
  }
  const isRefused = end === 'failed' && state.thread === null && state.items.length === 0;
  if (threadId !== null && !isRefused) out.note(thread.trim());
}
