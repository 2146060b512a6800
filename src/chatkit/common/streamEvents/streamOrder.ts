import { isRecord } from '../../../base/common/json.ts';
import { endOfTurnType, hiddenItemTypes } from '../model/item.ts';
import { type ProblemReporter, type ReportHere, reportAt } from '../protocolProblems/problem.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { CanonicalEvent } from './eventItems.ts';
import type { StreamOutcome } from './streamNormaliser.ts';
import { itemEvents, itemTypeOfUpdate } from './eventForms.ts';

interface StreamOrderOptions {
  /** Type of the command that opened the stream. */
  readonly command: string;
  /** The thread of the command; null for a new one. */
  readonly threadId: string | null;
  readonly reporter: ProblemReporter;
  /** Whether an item existed before the stream; without it, only new threads are checked for unknown items. */
  readonly isKnownItem?: (itemId: string) => boolean;
}

/**
 * How a stream ended: by the server, by the user's Stop, or by a broken connection. `refused`: the response was no stream,
 * which is reported.
 */
export type StreamEndKind = 'ended' | 'stopped' | 'interrupted' | 'refused';

interface SeenItem {
  readonly type: string;
  readonly number: number;
  readonly wasAdded: boolean;
  doneAt: number | null;
  /** Text was streamed into it. */
  hasText: boolean;
  /** The text of each part so far, as it was streamed. */
  readonly texts: string[];
}

/** Items after which an answer follows. */
const beforeAnswer: ReadonlySet<string> = new Set([
  'user_message',
  'workflow',
  'task',
  endOfTurnType,
  ...hiddenItemTypes,
]);
const placeholderIds: ReadonlySet<string> = new Set(['__fake_id__']);

/** Checks the order of a stream's events (chatkit-api 5.6) and reports what differs. Changes nothing and never throws. */
export class StreamOrderChecker {
  readonly #options: StreamOrderOptions;
  readonly #items = new Map<string, SeenItem>();
  readonly #startsTurn: boolean;
  #threadId: string | null;
  #events = 0;
  #createdAt = 0;
  #echoAt = 0;
  #responseAt = 0;
  #optionsAt = 0;
  #replacedAt = 0;
  #hasFault = false;
  #hasEnded = false;
  #pendingCall: { readonly id: string; readonly number: number } | null = null;

  constructor(options: StreamOrderOptions) {
    this.#options = options;
    this.#threadId = options.threadId;
    this.#startsTurn = options.command === 'threads.create' || options.command === 'threads.add_user_message';
  }

  check(outcome: StreamOutcome): void {
    if (outcome.kind === 'endMarker') this.#hasEnded = true;
    if (!('number' in outcome)) return;
    const { number } = outcome;
    const report = this.#reportAt(number);
    this.#events += 1;
    if (this.#hasEnded) report(ruleIds.eventAfterEnd);
    if (outcome.kind === 'event' && outcome.isPartOfItem === true) this.#takePart(outcome.event, number);
    else if (outcome.kind === 'event') this.#takeEvent(outcome.event, number, report);
    else if (outcome.kind === 'finishItem') this.#finish(outcome.itemId, number);
  }

  /** A part of an answer in another form, which is reported as such. */
  #takePart({ type, item, item_id: itemId }: CanonicalEvent, number: number): void {
    const id = isRecord(item) ? item['id'] : itemId;
    if (typeof id !== 'string') return;
    this.#responseAt ||= number;
    const seen = this.#items.get(id);
    const doneAt = type === 'thread.item.done' ? number : null;
    if (seen === undefined) {
      this.#items.set(id, { type: 'assistant_message', number, wasAdded: true, doneAt, hasText: true, texts: [] });
    } else {
      seen.doneAt = doneAt ?? seen.doneAt;
      seen.hasText = true;
    }
  }

  /** Whether the response contains an answer, and no item of it is open. */
  get isComplete(): boolean {
    const items = [...this.#items.values()];
    const hasAnswer = items.some(({ type }) => !beforeAnswer.has(type));
    return hasAnswer && !this.#hasFault && items.every(({ doneAt }) => doneAt !== null);
  }

  /** Reports what is missing. `stopped` streams may lack anything that would have followed. */
  end(kind: StreamEndKind): void {
    const report = this.#reportAt(undefined);
    if (kind === 'interrupted') report(ruleIds.interruptedStream);
    if (kind !== 'ended') return;
    if (this.#events === 0) return report(ruleIds.emptyStream);
    const isOnlyFault = this.#hasFault && this.#items.size === 0;
    if (this.#options.command === 'threads.create' && this.#createdAt === 0 && !isOnlyFault)
      report(ruleIds.missingThreadCreated);
    if (this.#startsTurn && !isOnlyFault) {
      if (this.#echoAt === 0) report(ruleIds.missingEcho);
      if (this.#optionsAt === 0) report(ruleIds.missingStreamOptions);
    }
    if (this.#options.command === 'threads.add_structured_input' && !this.#hasFault && this.#replacedAt !== 1) {
      report(ruleIds.formNotReplaced);
    }
    if (!this.#hasFault) this.#reportOpenItems(report);
  }

  #takeEvent(event: CanonicalEvent, number: number, report: ReportHere): void {
    const { type, item, item_id: itemId, update, thread } = event;
    if (type === 'error') this.#hasFault = true;
    else if (type === 'stream_options') this.#takeOptions(event, number, report);
    else if ((type === 'thread.created' || type === 'thread.updated') && isRecord(thread)) {
      this.#takeThread(type, thread, number, report);
    } else if (type === 'thread.item.updated' && typeof itemId === 'string') {
      this.#takeUpdate(itemId, isRecord(update) ? update : {}, report);
    } else if (type === 'thread.item.removed' && typeof itemId === 'string') {
      this.#items.delete(itemId);
      if (this.#pendingCall?.id === itemId) this.#pendingCall = null;
    } else if (itemEvents.has(type) && isRecord(item)) {
      this.#takeItem(type, item, number, report);
    }
  }

  #takeOptions({ stream_options: options }: CanonicalEvent, number: number, report: ReportHere): void {
    if (this.#optionsAt > 0 || this.#responseAt > 0) report(ruleIds.streamOptionsLate);
    this.#optionsAt ||= number;
    const allowCancel = isRecord(options) ? options['allow_cancel'] : undefined;
    if (typeof allowCancel !== 'boolean') {
      report(ruleIds.allowCancelShape, { field: 'stream_options.allow_cancel' }, allowCancel);
    }
  }

  #takeThread(type: string, thread: Readonly<Record<string, unknown>>, number: number, report: ReportHere): void {
    const { id, items } = thread;
    if (isRecord(items) && Array.isArray(items['data']) && items['data'].length > 0) {
      report(ruleIds.threadEventWithItems, { field: 'thread.items.data' }, items['data'].length);
    }
    if (type === 'thread.created') {
      if (this.#options.command !== 'threads.create' || this.#createdAt > 0)
        report(ruleIds.unexpectedThreadCreated, {}, id);
      else if (number > 1) report(ruleIds.threadCreatedLate);
      this.#createdAt ||= number;
    }
    this.#checkThreadId(id, 'thread.id', report);
  }

  #takeItem(type: string, item: Readonly<Record<string, unknown>>, number: number, report: ReportHere): void {
    const { id, type: itemType, thread_id: threadId, status } = item;
    if (typeof itemType === 'string' && hiddenItemTypes.has(itemType))
      report(ruleIds.leakedHiddenItem, { field: 'item.type' }, itemType);
    if (threadId === undefined || threadId === null) report(ruleIds.missingThreadId, { field: 'item.thread_id' });
    else this.#checkThreadId(threadId, 'item.thread_id', report);
    if (typeof id !== 'string' || id === '') return report(ruleIds.missingId, { field: 'item.id' }, id);
    if (placeholderIds.has(id)) report(ruleIds.placeholderId, { itemId: id, field: 'item.id' }, id);
    if (type === 'thread.item.replaced') {
      // `stream_options` may be the first event; the replacement of a form is the next one.
      if (this.#replacedAt === 0) this.#replacedAt = number - (this.#optionsAt > 0 ? 1 : 0);
      return;
    }
    this.#countItem(itemType, id, number, report);
    const seen = this.#items.get(id);
    const isAdded = type === 'thread.item.added';
    if (seen === undefined && isAdded && this.#options.isKnownItem?.(id) === true)
      report(ruleIds.idReused, { itemId: id });
    if (seen !== undefined && seen.doneAt === null && isAdded) report(ruleIds.repeatedAdded, { itemId: id });
    if (seen !== undefined && seen.doneAt !== null)
      report(isAdded ? ruleIds.idReused : ruleIds.repeatedDone, { itemId: id });
    if (!isAdded && seen?.hasText === true && itemType === 'assistant_message' && isWithoutText(item['content'])) {
      report(ruleIds.doneWithoutText, { itemId: id, field: 'item.content' });
    }
    if (!isAdded && seen !== undefined && Array.isArray(item['content'])) {
      item['content'].forEach((part: unknown, index) => compareText(seen, index, part, { itemId: id }, report));
    }
    if (isAdded || seen === undefined) {
      const doneAt = isAdded ? null : number;
      this.#items.set(id, { type: String(itemType), number, wasAdded: isAdded, doneAt, hasText: false, texts: [] });
    } else {
      seen.doneAt = number;
    }
    if (itemType === 'client_tool_call' && status === 'pending' && !isAdded) this.#takePendingCall(id, number, report);
  }

  /** Order of the user message, the answer and a pending tool call. */
  #countItem(itemType: unknown, id: string, number: number, report: ReportHere): void {
    if (itemType === 'user_message') {
      if (this.#startsTurn && this.#echoAt === 0 && this.#responseAt > 0) report(ruleIds.echoLate, { itemId: id });
      this.#echoAt ||= number;
      return;
    }
    this.#responseAt ||= number;
    const call = this.#pendingCall;
    if (call !== null && call.id !== id && itemType !== endOfTurnType && itemType !== 'client_tool_call') {
      report(ruleIds.toolCallNotLast, { itemId: call.id }, itemType);
      this.#pendingCall = null;
    }
  }

  #takePendingCall(id: string, number: number, report: ReportHere): void {
    if (this.#pendingCall !== null && this.#pendingCall.id !== id)
      report(ruleIds.severalPendingToolCalls, { itemId: id });
    this.#pendingCall = { id, number };
  }

  #takeUpdate(itemId: string, update: Readonly<Record<string, unknown>>, report: ReportHere): void {
    const { type: updateType, delta } = update;
    const seen = this.#items.get(itemId);
    if (seen === undefined) {
      const { command, isKnownItem } = this.#options;
      const isKnown = isKnownItem?.(itemId) ?? command !== 'threads.create';
      if (!isKnown) report(ruleIds.updateWithoutItem, { itemId });
      return;
    }
    if (seen.doneAt !== null) report(ruleIds.updateAfterDone, { itemId });
    if (typeof delta === 'string' && delta.trim() !== '') seen.hasText = true;
    takeText(seen, itemId, update, report);
    const expected = typeof updateType === 'string' ? itemTypeOfUpdate(updateType) : null;
    if (expected !== null && expected !== seen.type) report(ruleIds.updateOfOtherKind, { itemId }, updateType);
  }

  #finish(itemId: string, number: number): void {
    const seen = this.#items.get(itemId);
    if (seen !== undefined) seen.doneAt = number;
  }

  /** An item that is open, and a later one of its type that was never added: the same item with another id. */
  #reportOpenItems(report: ReportHere): void {
    const unannounced = [...this.#items].filter(([, { wasAdded }]) => !wasAdded);
    for (const [itemId, { type, number, doneAt }] of this.#items) {
      if (doneAt !== null || (type === 'workflow' && this.#isBeforeCallOnly(itemId))) continue;
      const index = unannounced.findIndex(([, other]) => other.type === type && other.number > number);
      if (index < 0) {
        report(ruleIds.itemNotDone, { itemId });
      } else {
        const [other] = unannounced.splice(index, 1);
        report(ruleIds.idChangedBeforeDone, { itemId }, other?.[0]);
      }
    }
  }

  /** Whether only a pending tool call follows: the next response continues a workflow, as in the reference library. */
  #isBeforeCallOnly(itemId: string): boolean {
    const items = [...this.#items];
    const after = items.slice(items.findIndex(([id]) => id === itemId) + 1);
    return after.every(([id, { type }]) => id === this.#pendingCall?.id || type === endOfTurnType);
  }

  #checkThreadId(id: unknown, field: string, report: ReportHere): void {
    if (typeof id !== 'string') return;
    this.#threadId ??= id;
    if (id !== this.#threadId) report(ruleIds.otherThreadId, { field }, id);
  }

  #reportAt(eventNumber: number | undefined): ReportHere {
    const { command, reporter } = this.#options;
    return reportAt(reporter, {
      command,
      ...(eventNumber === undefined ? {} : { eventNumber }),
      ...(this.#threadId === null ? {} : { threadId: this.#threadId }),
    });
  }
}

/** Follows the text of the parts of an answer, and compares it with the final text of a part. */
function takeText(seen: SeenItem, itemId: string, update: Readonly<Record<string, unknown>>, report: ReportHere): void {
  const { type, content_index: index = 0, delta, content } = update;
  if (seen.type !== 'assistant_message' || typeof index !== 'number' || index > maxParts) return;
  if (typeof delta === 'string') seen.texts[index] = (seen.texts[index] ?? '') + delta;
  if (!isRecord(content)) return;
  if (type === 'assistant_message.content_part.done') compareText(seen, index, content, { itemId }, report);
  seen.texts[index] = typeof content['text'] === 'string' ? content['text'] : '';
}

const maxParts = 1000;

/** Reports a final text that is not the one that was streamed. A text that is missing is another problem. */
function compareText(
  { texts }: SeenItem,
  index: number,
  part: unknown,
  where: { readonly itemId: string },
  report: ReportHere,
): void {
  const streamed = texts[index]?.trim() ?? '';
  const final = isRecord(part) && typeof part['text'] === 'string' ? part['text'].trim() : '';
  if (streamed === '' || final === '' || streamed === final) return;
  report(ruleIds.finalTextDiffers, { ...where, field: `content[${index}].text` }, streamed.slice(0, 200));
}

/** Whether the content of an answer has no text in any form. */
function isWithoutText(content: unknown): boolean {
  if (typeof content === 'string') return content.trim() === '';
  if (content === undefined || content === null) return true;
  if (!Array.isArray(content)) return false;
  return content.every((part: unknown) => isRecord(part) && (part['text'] ?? '') === '');
}
