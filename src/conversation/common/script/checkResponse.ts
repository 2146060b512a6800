import { ruleOf } from '../../../chatkit/common/protocolProblems/catalogue/catalogue.ts';
import type { ProblemLocation, ProblemReporter } from '../../../chatkit/common/protocolProblems/problem.ts';
import { StreamNormaliser } from '../../../chatkit/common/streamEvents/streamNormaliser.ts';
import { StreamOrderChecker } from '../../../chatkit/common/streamEvents/streamOrder.ts';
import type { ReceivedEvent } from '../../../chatkit/common/stream/events.ts';
import type { StreamCommand } from '../../../chatkit/common/stream/conversationApi.ts';
import { ServerReading } from '../../../chatkit/common/wire/reading.ts';
import { toWireCommand } from '../../../chatkit/common/wire/server/command.ts';
import { toStreamEvent } from '../../../chatkit/common/wire/server/event.ts';
import { basicProblems } from './basicProblems.ts';
import type { CheckedResponse, ScriptProblem } from './types.ts';

/** Problems of one response that are reported. */
const maxProblems = 100;
/** What the catalogue of protocol rules has no rule for. */
const basicRules: ReadonlySet<string> = new Set(['text-differs-when-done', 'replaced-without-item']);

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
      found.set(key, { rule: id, severity, message: `${title}${placeOf(location)}` });
    },
  };
  const { type } = toWireCommand(command);
  const threadId = threadOf(command);
  const options = { command: type, threadId, reporter };
  const known = new Set(before.map(({ id }) => id));
  const normaliser = new StreamNormaliser(options);
  const order = new StreamOrderChecker({ ...options, isKnownItem: (itemId) => known.has(itemId) });
  const reading = new ServerReading({
    problems: reporter,
    required: 'iso',
    // Where the times of a response belong to is no matter of its form.
    zone: { setting: 'local', isLoopback: false, inferredMinutes: null },
  });
  for (const [index, { raw }] of events.entries()) {
    for (const outcome of normaliser.take(frameOf(raw))) order.take(outcome);
    const location = { command: type, eventNumber: index + 1, ...(threadId === null ? {} : { threadId }) };
    toStreamEvent(raw, threadId ?? '', reading.at(location));
  }
  order.end('ended');
  const basic = basicProblems(response).filter(({ rule }) => basicRules.has(rule));
  return [...found.values(), ...basic].slice(0, maxProblems);
}

function placeOf({ eventNumber, itemId, field }: ProblemLocation): string {
  const parts = [
    ...(eventNumber === undefined ? [] : [`event ${eventNumber}`]),
    ...(itemId === undefined ? [] : [`item ${itemId}`]),
    ...(field === undefined ? [] : [`field ${field}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function threadOf(command: StreamCommand): string | null {
  if (command.type === 'createThread') return null;
  return command.type === 'customAction' ? command.action.threadId : command.threadId;
}

/** An event as it would be if it had been sent correctly. */
function frameOf(raw: ReceivedEvent['raw']) {
  const data = typeof raw === 'string' ? raw : JSON.stringify(raw);
  return { data, event: null, id: null, form: 'sse', dataLines: 1, line: 1, complete: true, strayLine: null } as const;
}
