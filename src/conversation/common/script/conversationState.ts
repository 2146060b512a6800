import * as l10n from '@vscode/l10n';
import { append } from '../../../base/common/lists.ts';
import { SourceError } from '../../../chatkit/common/errors.ts';
import { everyPage } from '../../../chatkit/common/everyPage.ts';
import { type ThreadSource, maxPageSize } from '../../../chatkit/common/threadSource.ts';
import type { Json } from '../../../base/common/json.ts';
import type { ClientToolCallItem, StructuredInputItem, ThreadItem } from '../../../chatkit/common/model/item.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import type { StreamState } from '../../../chatkit/common/stream/streamState.ts';
import type { FormAnswer, StreamCommand } from '../../../chatkit/common/stream/conversationApi.ts';

/** Returns the error for a thread with more than `maxItems` items. */
export function tooManyItems(maxItems: number): SourceError {
  return new SourceError('tooLarge', l10n.t('The thread has more than {0} items.', maxItems));
}

/** The thread of a script with its items, oldest first, as the responses so far describe it. */
export class ConversationState {
  thread: Thread | null = null;
  #threadId: string | null;
  #items: ThreadItem[] = [];

  constructor(threadId: string | null) {
    this.#threadId = threadId;
  }

  get threadId(): string | null {
    return this.#threadId;
  }

  get items(): readonly ThreadItem[] {
    return this.#items;
  }

  known(itemId: string): ThreadItem | undefined {
    return this.#items.find(({ id }) => id === itemId);
  }

  /** Applies the result of a response. `accepted`: the server did something with the command. */
  merge(command: StreamCommand, state: StreamState, accepted: boolean): void {
    if (accepted) this.#applyCommand(command);
    if (state.thread !== null) {
      this.thread = state.thread;
      this.#threadId ??= state.thread.id;
    }
    for (const item of state.items) this.put(item);
    if (state.removed.size > 0) this.#items = this.#items.filter(({ id }) => !state.removed.has(id));
  }

  put(item: ThreadItem): void {
    const index = this.#items.findLastIndex(({ id }) => id === item.id);
    if (index < 0) this.#items.push(item);
    else this.#items[index] = item;
  }

  /**
   * Reads thread and items from the server. Throws `SourceError`, kind `tooLarge` when there are more than `maxItems`, and
   * `invalidResponse` when the server repeats a page.
   */
  async read(source: ThreadSource, maxItems: number, signal: AbortSignal): Promise<void> {
    const threadId = this.#threadId;
    if (threadId === null) return;
    const thread = await source.getThread(threadId, signal);
    const items: ThreadItem[] = [];
    const fetchPage = (after: string | undefined) =>
      source.listItems(
        threadId,
        { limit: maxPageSize, order: 'asc', ...(after === undefined ? {} : { after }) },
        signal,
      );
    for await (const page of everyPage(fetchPage, null)) {
      append(items, page);
      if (items.length > maxItems) throw tooManyItems(maxItems);
    }
    this.thread = thread;
    this.#items = items;
  }

  /** What a command itself changes; servers do not always repeat it in the stream. */
  #applyCommand(command: StreamCommand): void {
    switch (command.type) {
      case 'retryAfter': {
        const at = this.#items.findIndex(({ id }) => id === command.itemId);
        if (at >= 0) this.#items = this.#items.slice(0, at + 1);
        return;
      }
      case 'addToolOutput': {
        const call = answeredItem(command, this.#items);
        if (call?.kind === 'client_tool_call') this.put(completed(call, command.result));
        return;
      }
      case 'answerForm': {
        const form = answeredItem(command, this.#items);
        if (form?.kind === 'structured_input') this.put(answered(form, command.status, command.answers));
        return;
      }
    }
  }
}

/** The tool call or the form that a command answers; undefined for all other commands. */
export function answeredItem(command: StreamCommand, items: readonly ThreadItem[]): ThreadItem | undefined {
  if (command.type === 'answerForm') return items.find(({ id }) => id === command.itemId);
  if (command.type !== 'addToolOutput') return undefined;
  return items.findLast((item) => item.kind === 'client_tool_call' && item.status === 'open');
}

function completed(call: ClientToolCallItem, output: Json): ThreadItem {
  return { ...call, status: 'completed', wireStatus: 'completed', output: { form: 'value', value: output } };
}

function answered(
  form: StructuredInputItem,
  status: 'answered' | 'skipped',
  answers: Readonly<Record<string, FormAnswer>>,
): ThreadItem {
  const inputs = form.inputs.map((field) => ({
    ...field,
    answer: Object.hasOwn(answers, field.id) ? (answers[field.id] ?? null) : field.answer,
  }));
  return { ...form, status, inputs };
}
