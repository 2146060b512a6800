import * as l10n from '@vscode/l10n';
import { referenceText } from '../../../base/common/referenceText.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { ruleOf } from '../../../chatkit/common/protocolProblems/catalogue/catalogue.ts';
import type { ProblemLocation, ProblemReporter } from '../../../chatkit/common/protocolProblems/problem.ts';
import { StreamNormaliser } from '../../../chatkit/common/streamEvents/streamNormaliser.ts';
import { StreamOrderChecker } from '../../../chatkit/common/streamEvents/streamOrder.ts';
import { applyUpdate } from '../../../chatkit/common/stream/applyUpdate.ts';
import type { ItemUpdate } from '../../../chatkit/common/stream/events.ts';
import type { StreamCommand } from '../../../chatkit/common/stream/conversationApi.ts';
import type { NaiveZoneFacts } from '../../../chatkit/common/serverTime.ts';
import { ServerReading } from '../../../chatkit/common/wire/reading.ts';
import { toWireCommand } from '../../../chatkit/common/wire/server/command.ts';
import { toStreamEvent } from '../../../chatkit/common/wire/server/event.ts';
import type { CheckedResponse, ScriptProblem } from './types.ts';

/** Problems of one response that are reported. */
const maxProblems = 100;
/** The zone of the server is a matter of its connection, not of a response: a naive time alone is no problem. */
const zone: NaiveZoneFacts = { setting: 0, isLoopback: false, inferredMinutes: null };

/**
 * The protocol problems of one response, found in its recorded events: their shape and order, and the fields of their items.
 * The same events have the same problems, wherever they are checked. How the events were sent is not known here.
 */
export function checkResponse(response: CheckedResponse): readonly ScriptProblem[] {
  const { command, events, before } = response;
  const found = new Map<string, ScriptProblem>();
  const reporter: ProblemReporter = {
    report: (id, location) => {
      const { title, severity } = ruleOf(id);
      // Indexes of lists do not distinguish fields.
      const key = JSON.stringify([id, location.itemId, location.field?.replace(/\[\d+\]/g, '[]')]);
      if (found.size >= maxProblems || found.has(key)) return;
      found.set(key, { rule: id, severity, message: `${referenceText(title)}${placeOf(location)}` });
    },
  };
  const { type } = toWireCommand(command);
  const threadId = threadOf(command);
  const options = { command: type, threadId, reporter };
  const known = new Set(before.map(({ id }) => id));
  const normaliser = new StreamNormaliser(options);
  const order = new StreamOrderChecker({ ...options, isKnownItem: (itemId) => known.has(itemId) });
  const reading = new ServerReading({ problems: reporter, required: 'iso', zone });
  for (const [index, { raw }] of events.entries()) {
    const outcomes = typeof raw === 'string' ? normaliser.read(frameOf(raw)) : normaliser.takeParsed(raw);
    for (const outcome of outcomes) order.check(outcome);
    const location = { command: type, eventNumber: index + 1, ...(threadId === null ? {} : { threadId }) };
    toStreamEvent(raw, threadId ?? '', reading.at(location));
  }
  order.end('ended');
  return [...found.values(), ...modelProblems(response)].slice(0, maxProblems);
}

function placeOf({ eventNumber, itemId, field }: ProblemLocation): string {
  const parts = [
    ...(eventNumber === undefined ? [] : [l10n.t('event {0}', eventNumber)]),
    ...(itemId === undefined ? [] : [l10n.t('item {0}', itemId)]),
    ...(field === undefined ? [] : [l10n.t('field {0}', field)]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function threadOf(command: StreamCommand): string | null {
  if (command.type === 'createThread') return null;
  return command.type === 'customAction' ? command.action.threadId : command.threadId;
}

/** An event as it would be if it had been sent correctly. */
function frameOf(data: string) {
  return { data, event: null, id: null, form: 'sse', dataLines: 1, line: 1, complete: true, strayLine: null } as const;
}

/** What the catalogue of protocol rules has no rule for: a replacement of nothing, and deltas that do not add up. */
function modelProblems({ events, before }: CheckedResponse): readonly ScriptProblem[] {
  const problems: ScriptProblem[] = [];
  const open = new Map<string, ThreadItem>();
  const finished = new Set(before.map(({ id }) => id));
  const differing = new Set<string>();
  const reportText = (id: string): void => {
    if (differing.has(id)) return;
    differing.add(id);
    const message = l10n.t('The streamed text of {0} differs from its final text.', id);
    problems.push({ rule: 'text-differs-when-done', severity: 'error', message });
  };
  for (const { event } of events) {
    switch (event.type) {
      case 'itemAdded':
        open.set(event.item.id, event.item);
        break;
      case 'itemUpdated': {
        const item = open.get(event.itemId);
        if (item === undefined) break;
        if (differsWhenPartIsDone(item, event.update)) reportText(event.itemId);
        open.set(event.itemId, applyUpdate(item, event.update));
        break;
      }
      case 'itemDone':
        if (differsWhenDone(open.get(event.item.id), event.item)) reportText(event.item.id);
        open.delete(event.item.id);
        finished.add(event.item.id);
        break;
      case 'itemReplaced':
        if (!finished.has(event.item.id) && !open.has(event.item.id)) {
          const message = l10n.t('The item {0} is replaced, but it does not exist.', event.item.id);
          problems.push({ rule: 'replaced-without-item', severity: 'error', message });
        }
        break;
    }
  }
  return problems;
}

/** An item may be announced empty and arrive whole; deltas that differ from the whole are a fault. */
function differsWhenDone(streamed: ThreadItem | undefined, done: ThreadItem): boolean {
  if (streamed?.kind !== 'assistant_message' || done.kind !== 'assistant_message') return false;
  const [text, final] = [streamed, done].map(({ parts }) => parts.map((part) => part.text).join(''));
  return text !== '' && text !== final;
}

/** The same for one part: its end repeats the text of its deltas. */
function differsWhenPartIsDone(item: ThreadItem, update: ItemUpdate): boolean {
  if (item.kind !== 'assistant_message' || update.type !== 'partDone') return false;
  const text = item.parts[update.index]?.text ?? '';
  return text !== '' && text !== update.part.text;
}
