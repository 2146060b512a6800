import { type Json, type JsonObject, valueAt } from '../../../../base/common/json.ts';
import { type ThreadItem, type WidgetItem, userText } from '../../../../chatkit/common/model/item.ts';
import { type ReceivedEvent, hasVisibleText } from '../../../../chatkit/common/stream/events.ts';
import { StreamState } from '../../../../chatkit/common/stream/streamState.ts';
import type { StreamCommand } from '../../../../chatkit/common/stream/conversationApi.ts';
import { pendingActionOf } from '../../../../threads/common/summary/waiting.ts';
import { stableText } from '../../../../threads/common/compare/compareJson.ts';
import { ConversationState } from '../../script/conversationState.ts';
import { type VisibleAction, visibleActions } from '../../script/commands.ts';
import { checkResponse } from '../../script/checkResponse.ts';
import { type ScriptProblem, problemSeverities } from '../../script/types.ts';
import { type StepDraft, answerFormStep, answerToolStep, fileText, sayStep, wordsOf } from './threadDrafts.ts';

/** A response as it was recorded. */
export interface RecordedResponse {
  /** What was sent, or only the name of the command in the protocol: a saved event log has no more. */
  readonly command: StreamCommand | string;
  /** Null for an event whose JSON was not saved. */
  readonly received: readonly (ReceivedEvent | null)[];
}

interface ResponseDraftOptions {
  readonly texts: boolean;
  readonly times: boolean;
  /** The thread as it was stored in the end. Data that a log does not contain is read from it. */
  readonly stored: readonly ThreadItem[];
}

/** Names of commands in the protocol. */
const names: Readonly<Record<string, StreamCommand['type']>> = {
  'threads.create': 'createThread',
  'threads.add_user_message': 'addUserMessage',
  'threads.add_client_tool_output': 'addToolOutput',
  'threads.add_structured_input': 'answerForm',
  'threads.retry_after_item': 'retryAfter',
  'threads.custom_action': 'customAction',
};

/** The steps of recorded responses, with what their streams are expected to be. */
export function draftsOfResponses(
  responses: readonly RecordedResponse[],
  options: ResponseDraftOptions,
): readonly StepDraft[] {
  const state = new ConversationState(null);
  return responses.flatMap(({ command, received }) => {
    const events = received.filter((event) => event !== null);
    const before = [...state.items];
    const stream = new StreamState();
    for (const { event } of events) stream.apply(event, (id) => state.known(id));
    const step = stepOf(command, stream, before, options.stored);
    if (step === null) return [];
    const items = stream.items.filter((item) => item.kind !== 'user_message' && !isAnswered(item, before));
    const isWhole = events.length === received.length;
    const draft = {
      ...step,
      items,
      stream: isWhole ? streamExpectation(command, stream, events, before, options) : {},
    };
    if (typeof command !== 'string') state.merge(command, stream, true);
    else for (const item of stream.items) state.put(item);
    return [draft];
  });
}

/** The tool call or form that the command itself answered. */
function isAnswered(item: ThreadItem, before: readonly ThreadItem[]): boolean {
  const earlier = before.find(({ id }) => id === item.id);
  return earlier !== undefined && pendingActionOf(earlier) !== null && pendingActionOf(item) === null;
}

type StartedStep = Pick<StepDraft, 'step' | 'notes' | 'missing'>;

function stepOf(
  command: StreamCommand | string,
  stream: StreamState,
  before: readonly ThreadItem[],
  stored: readonly ThreadItem[],
): StartedStep | null {
  const known = typeof command === 'string' ? null : command;
  const type = known?.type ?? names[command as string];
  switch (type) {
    case 'createThread':
    case 'addUserMessage': {
      const message = stream.items.find((item) => item.kind === 'user_message');
      if (message?.kind === 'user_message') return { ...sayStep(message), missing: null };
      const input = known !== null && 'input' in known ? known.input : null;
      if (input === null)
        return { step: { say: '' }, notes: [], missing: 'the message, which the log does not contain' };
      return { step: { say: fileText(input.content.map(({ text }) => text).join('')) }, notes: [], missing: null };
    }
    case 'addToolOutput':
      return toolStep(known, before, stored);
    case 'answerForm': {
      const forms = [...stream.items, ...stored].filter((item) => item.kind === 'structured_input');
      const form = forms.find((item) => item.kind === 'structured_input' && item.status !== 'pending');
      if (form?.kind === 'structured_input') return { step: answerFormStep(form), notes: [], missing: null };
      return { step: { answerForm: 'skip' }, notes: [], missing: 'the answers, which the log does not contain' };
    }
    case 'retryAfter': {
      const message = before.find((item) => known?.type === 'retryAfter' && item.id === known.itemId);
      const isLast = message === before.findLast(({ kind }) => kind === 'user_message');
      const text = message?.kind === 'user_message' && !isLast ? userText(message) : '';
      return { step: { retry: text === '' ? true : text }, notes: [], missing: null };
    }
    case 'customAction':
      return known?.type === 'customAction' ? actStep(known, before) : actUnknown;
    default:
      return null;
  }
}

const actUnknown: StartedStep = {
  step: { act: { action: 'unknown' } },
  notes: [],
  missing: 'the action, which the log does not contain',
};

function toolStep(
  command: StreamCommand | null,
  before: readonly ThreadItem[],
  stored: readonly ThreadItem[],
): StartedStep {
  const call = before.findLast((item) => item.kind === 'client_tool_call' && item.status === 'open');
  const name = call?.kind === 'client_tool_call' ? call.name : '';
  const step = (output: Json) => ({ ...answerToolStep(name, output), ...(name === '' ? { answerTool: true } : {}) });
  if (command?.type === 'addToolOutput') return { step: step(command.result), notes: [], missing: null };
  const final = stored.find(({ id }) => id === call?.id);
  if (final?.kind === 'client_tool_call' && (final.output.form === 'value' || final.output.form === 'text')) {
    return { step: step(final.output.value), notes: [], missing: null };
  }
  return { step: step(null), notes: [], missing: `the output of ${name === '' ? 'the tool' : name}` };
}

function actStep(
  { action }: Extract<StreamCommand, { type: 'customAction' }>,
  before: readonly ThreadItem[],
): StartedStep {
  const item = before.find(({ id }) => id === action.itemId);
  const offered = item?.kind === 'widget' ? visibleActions(item) : [];
  // What a reader sees first: a button rather than the form that it submits.
  const candidates = offered
    .filter((one) => one.action.type === action.type)
    .toSorted((a, b) => Number(a.target.label === null) - Number(b.target.label === null));
  const chosen = candidates.find((one) => payloadFits(one, action.payload)) ?? candidates[0];
  if (chosen === undefined) return actUnknown;
  const values = enteredValues(chosen, action.payload);
  const step = { act: shortestTarget(chosen, offered), ...(Object.keys(values).length === 0 ? {} : { values }) };
  const isNewest =
    item === before.findLast((one): one is WidgetItem => one.kind === 'widget' && hasAction(one, chosen));
  const notes = isNewest ? [] : ['The action was in an older widget; the newest one that has it is used.'];
  return { step, notes, missing: null };
}

function hasAction(item: WidgetItem, { action }: VisibleAction): boolean {
  return visibleActions(item).some((one) => one.action.type === action.type);
}

function payloadFits({ action, fields }: VisibleAction, payload: Json): boolean {
  const own = (action.payload ?? null) as Json;
  if (fields === null || fields.length === 0) return stableText(own) === stableText(payload);
  return Object.entries(own ?? {}).every(
    ([key, value]) => stableText(value as Json) === stableText((valueAt(payload, [key]) ?? null) as Json),
  );
}

/** What the user had entered: fields whose value is not their default. */
function enteredValues({ fields }: VisibleAction, payload: Json): JsonObject {
  const entered = (fields ?? []).flatMap(([name, initial]) => {
    const value = valueAt(payload, [name]) ?? valueAt(payload, name.split('.'));
    return (typeof value === 'string' || typeof value === 'boolean') && value !== initial
      ? [[name, value] as const]
      : [];
  });
  return Object.fromEntries(entered);
}

/** The fewest words that select just this action. */
function shortestTarget({ target }: VisibleAction, offered: readonly VisibleAction[]): JsonObject {
  const full: readonly (readonly [string, keyof typeof target])[] = [
    ['label', 'label'],
    ['type', 'component'],
    ['action', 'action'],
    ['key', 'key'],
  ];
  const chosen: (readonly [string, keyof typeof target])[] = [];
  for (const part of full) {
    if (target[part[1]] === null) continue;
    chosen.push(part);
    const fitting = offered.filter((one) => chosen.every(([, field]) => one.target[field] === target[field]));
    if (fitting.length === 1) break;
  }
  return Object.fromEntries(chosen.map(([name, field]) => [name, target[field]]));
}

function streamExpectation(
  command: StreamCommand | string,
  stream: StreamState,
  events: readonly ReceivedEvent[],
  before: readonly ThreadItem[],
  { texts, times }: ResponseDraftOptions,
): JsonObject {
  const { notices, effects, fault, open } = stream;
  const problems = typeof command === 'string' ? [] : checkResponse({ command, events, before });
  const progress = events.flatMap(({ event }) => (event.type === 'progress' ? [event.text] : []));
  return {
    notices:
      notices.length === 0
        ? 'none'
        : {
            exactly: notices.map(({ level, title, message }) => ({
              level,
              ...(title === null ? {} : { title: wordsOf(title, texts) }),
              message: wordsOf(message, texts),
            })),
          },
    ...(texts && progress.length > 0 ? { progress: progress.map(fileText) } : {}),
    effects:
      effects.length === 0
        ? 'none'
        : { exactly: effects.map(({ name, data }) => ({ name, ...(texts ? { data } : {}) })) },
    ...(fault === null
      ? {}
      : { errors: [{ code: fault.code, ...(texts && fault.message !== null ? { message: fault.message } : {}) }] }),
    ...(open.size === 0 ? { openItems: 'none' } : {}),
    ...(typeof command === 'string' ? {} : { problems: levelOf(problems) }),
    ...(times ? timesOf(events) : {}),
  };
}

function levelOf(problems: readonly ScriptProblem[]): string {
  const highest = Math.max(-1, ...problems.map(({ severity }) => problemSeverities.indexOf(severity)));
  return problemSeverities[highest] ?? 'none';
}

/** Limits are generous, because machines and models vary: five times as long, and at least ten seconds. */
function timesOf(events: readonly ReceivedEvent[]): JsonObject {
  const limit = (ms: number): number => Math.min(3_600_000, Math.max(10_000, Math.ceil((ms * 5) / 1000) * 1000));
  const text = events.find(({ event }) => hasVisibleText(event));
  const last = events.at(-1);
  return {
    ...(text === undefined ? {} : { firstTextWithinMs: limit(text.at) }),
    ...(last === undefined ? {} : { endWithinMs: limit(last.at) }),
  };
}
