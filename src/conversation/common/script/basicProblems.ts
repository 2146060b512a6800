import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { applyUpdate } from '../../../chatkit/common/stream/applyUpdate.ts';
import type { ReceivedEvent, StreamEvent } from '../../../chatkit/common/stream/events.ts';
import type { CheckedResponse, ProblemSeverity, ScriptProblem } from './types.ts';

/** Problems of one response that are reported. */
const maxProblems = 100;

/**
 * The deviations that the stream model itself notices: used where no checker of the protocol is given. Unreadable events
 * and items, changes of items that do not exist or are finished, items that are added twice, and text whose deltas do not
 * add up to its final form.
 */
export function basicProblems({ events, before }: CheckedResponse): readonly ScriptProblem[] {
  const problems: ScriptProblem[] = [];
  const open = new Map<string, ThreadItem>();
  const finished = new Set(before.map(({ id }) => id));
  const report = (rule: string, severity: ProblemSeverity, message: string): void => {
    if (problems.length < maxProblems) problems.push({ rule, severity, message });
  };
  for (const received of events) {
    unreadable(received, report);
    const { event } = received;
    switch (event.type) {
      case 'itemAdded':
        if (open.has(event.item.id) || finished.has(event.item.id)) {
          report('item-added-twice', 'error', `The item ${event.item.id} is added, but it exists already.`);
        }
        open.set(event.item.id, event.item);
        break;
      case 'itemUpdated': {
        const item = open.get(event.itemId);
        if (item !== undefined) open.set(event.itemId, applyUpdate(item, event.update));
        else if (finished.has(event.itemId)) {
          report('update-after-done', 'warning', `The item ${event.itemId} changes after it is done.`);
        } else report('update-without-item', 'error', `A change names the item ${event.itemId}, which does not exist.`);
        break;
      }
      case 'itemDone': {
        const streamed = open.get(event.item.id);
        if (streamed !== undefined) compareTexts(streamed, event.item, report);
        else if (finished.has(event.item.id)) {
          report('item-done-twice', 'warning', `The item ${event.item.id} is done, but it was done already.`);
        }
        open.delete(event.item.id);
        finished.add(event.item.id);
        break;
      }
      case 'itemReplaced':
        if (!finished.has(event.item.id) && !open.has(event.item.id)) {
          report('replaced-without-item', 'error', `The item ${event.item.id} is replaced, but it does not exist.`);
        }
        break;
    }
  }
  for (const id of open.keys()) report('never-done', 'error', `The item ${id} is never done.`);
  return problems;
}

type Report = (rule: string, severity: ProblemSeverity, message: string) => void;

function unreadable({ event }: ReceivedEvent, report: Report): void {
  const problem = problemOf(event);
  if (problem !== null) report('unreadable-event', 'error', `An event could not be read: ${problem}.`);
}

function problemOf(event: StreamEvent): string | null {
  switch (event.type) {
    case 'unknown':
      return event.problem;
    case 'itemUpdated':
      return event.update.type === 'unknown' ? event.update.problem : null;
    case 'itemAdded':
    case 'itemDone':
    case 'itemReplaced':
      return event.item.kind === 'unknown' ? event.item.problem : null;
    default:
      return null;
  }
}

/** An item may be announced empty and arrive whole; deltas that differ from the whole are a fault. */
function compareTexts(streamed: ThreadItem, done: ThreadItem, report: Report): void {
  if (streamed.kind !== 'assistant_message' || done.kind !== 'assistant_message') return;
  const [text, final] = [streamed, done].map(({ parts }) => parts.map((part) => part.text).join(''));
  if (text !== '' && text !== final) {
    report('text-differs-when-done', 'error', `The streamed text of ${done.id} differs from its final text.`);
  }
}
