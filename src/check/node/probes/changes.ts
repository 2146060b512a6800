import { comparisonCommand } from '../../../chatkit/common/responses/unsupportedCommand.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { CheckRun, ElementChecker } from '../run/checkRun.ts';
import { type Params, type Sent, sendCommand } from '../run/sendCommand.ts';
import { type Turn, sendTurn } from '../run/sendTurn.ts';
import { isRecord } from '../../../base/common/json.ts';
import { idOf } from '../../../chatkit/common/elementId.ts';
import { addMessage, itemList, messageInput, textOfItem } from './turns.ts';
import { readList } from './paging.ts';

/** Renames a thread of the check, and reads the title again. */
export async function checkRename(run: CheckRun, checker: ElementChecker, threadId: string): Promise<void> {
  const title = 'ChatKit Inspector server check';
  const sent = { input: 'a new title', expected: 'success', threadId } as const;
  const { outcome, body, headers } = await sendCommand(run, 'threads.update', { thread_id: threadId, title }, sent);
  if (outcome !== 'success') return run.verdicts.skip('rename', 'The server did not rename the thread.');
  checker.thread(body, { command: 'threads.update', threadId }, 'event', headers['date']);
  const again = { input: 'a renamed thread', expected: 'success', threadId } as const;
  const { body: thread } = await sendCommand(run, 'threads.get_by_id', { thread_id: threadId }, again);
  run.verdicts.observe('rename');
  if (isRecord(thread) && thread['title'] !== title)
    run.verdicts.report(
      ruleIds.renameIgnored,
      { command: 'threads.get_by_id', threadId, field: 'title' },
      thread['title'],
    );
}

/** Sends feedback of both kinds for the last answer. */
export async function checkFeedback(run: CheckRun, threadId: string, itemIds: readonly string[]): Promise<void> {
  if (itemIds.length === 0) return;
  for (const kind of ['positive', 'negative'] as const) {
    const params = { thread_id: threadId, item_ids: itemIds, kind };
    const sent = { input: `${kind} feedback`, expected: 'success', threadId, optional: true } as const;
    const { outcome } = await sendCommand(run, 'items.feedback', params, sent);
    if (outcome === 'success') run.verdicts.observe('emptyReply');
    else return;
  }
}

/** Retries after the first message of a thread, and looks for items that should have been deleted. */
export async function checkRetry(run: CheckRun, checker: ElementChecker, first: Turn): Promise<void> {
  const { threadId } = first;
  if (threadId === null) return;
  await addMessage(run, checker, threadId, run.messages.text);
  const before = await readList(run, itemList(run, checker, threadId), { limit: 100, order: 'asc', maxPages: 1 });
  const oldest = before.elements.filter(isRecord);
  const at = oldest.findIndex(({ type }) => type === 'user_message');
  const itemId = idOf(oldest[at]);
  if (itemId === null) return run.verdicts.skip('retry', 'The thread has no user message to retry.');
  const params = { thread_id: threadId, item_id: itemId };
  const turn = await sendTurn(run, checker, 'threads.retry_after_item', params, {
    input: 'the first user message',
    expected: 'success',
    threadId,
  });
  if (turn.outcome !== 'success') return run.verdicts.skip('retry', 'The server did not retry the message.');
  const after = await readList(run, itemList(run, checker, threadId), { limit: 100, order: 'asc', maxPages: 1 });
  if (after.failed) return;
  run.verdicts.observe('retry');
  const left = new Set(after.elements.map(idOf));
  const kept = oldest.slice(at + 1).flatMap((item) => idOf(item) ?? []);
  const wrong = kept.filter((id) => left.has(id) && !turn.items.has(id));
  if (wrong.length > 0) {
    const location = { command: 'threads.retry_after_item', threadId, itemId };
    run.verdicts.report(ruleIds.retryKeptItems, location, wrong);
  }
}

/** A stored answer may be longer than what was received by the data that was on its way, in characters. */
const onItsWay = 400;

/** Stops a response, and checks that the server stops, too, and stores the part that the user saw. */
export async function checkStop(run: CheckRun, checker: ElementChecker, threadId: string): Promise<void> {
  const turn = await addMessage(run, checker, threadId, run.messages.slow, {
    input: 'a message with a long answer, stopped',
    optional: true,
    stopWhen: ({ text, events }) => text.trim().length >= 8 && events >= 4,
  });
  const { verdicts } = run;
  if (turn.end !== 'stopped') {
    const reason = turn.hasError
      ? `The response failed: ${turn.message}`
      : 'The response ended before it could be stopped.';
    return verdicts.skip('stop', run.redact(reason).slice(0, 300));
  }
  const lengths: number[] = [];
  for (const wait of [700, 1_500, 1_500]) {
    await run.sleep(wait);
    const list = await readList(run, itemList(run, checker, threadId), { limit: 5, order: 'desc', maxPages: 1 });
    if (list.failed) return;
    const answers = list.elements.filter(isRecord).filter(({ type }) => type === 'assistant_message');
    lengths.push(Math.max(0, ...answers.filter((item) => isPartOf(item, turn)).map((item) => textOfItem(item).length)));
    const length = lengths.at(-1) ?? 0;
    if (length > 0 && length === lengths.at(-2)) break;
  }
  const location = { command: 'threads.add_user_message', threadId };
  const received = turn.text.length;
  const evidence = `${received} characters received, ${lengths.at(-1) ?? 0} stored`;
  const effect = effectOfStop(received, lengths);
  if (effect === 'unknown') verdicts.skip('stop', `The response is too fast to show that it was stopped: ${evidence}.`);
  else verdicts.observe('stop');
  if (effect === 'none') verdicts.report(ruleIds.stopOnlyDetaches, location, evidence);
  if (effect === 'notStored') verdicts.report(ruleIds.partialNotStored, location, evidence);
  const next = await addMessage(run, checker, threadId, run.messages.text, {
    input: 'a message after Stop',
    optional: true,
  });
  if (next.status === 409 || next.status === 423) verdicts.report(ruleIds.busyAfterStop, location, next.message);
}

/**
 * What Stop did to a response, from the length of its text when it was stopped, and from the lengths that were stored
 * after 0.7 s and later. A response that continues grows. One that is already longer than what can be on its way, and does
 * not grow, was produced within 0.7 s: whole, or until the server noticed that the connection was closed.
 */
export function effectOfStop(
  received: number,
  stored: readonly number[],
): 'stopped' | 'none' | 'notStored' | 'unknown' {
  const [start = 0, end = 0] = [stored[0], stored.at(-1)];
  if (end > start) return 'none';
  if (end === 0) return 'notStored';
  return end > received + onItsWay ? 'unknown' : 'stopped';
}

/** Whether a stored item is the answer of a turn: the same id, or a text with the same start. */
function isPartOf(item: Readonly<Record<string, unknown>>, turn: Turn): boolean {
  const start = turn.text.slice(0, 8);
  return turn.items.has(idOf(item) ?? '') || textOfItem(item).startsWith(start);
}

const unknownThread = 'thr_chatkit_inspector_unknown';
const unknownItem = 'msg_chatkit_inspector_unknown';
const unknown = { thread_id: unknownThread };

/** Commands with a JSON reply, without their required parameters, and for things that do not exist. */
const jsonCases: readonly {
  readonly type: string;
  readonly params: Params;
  readonly input: string;
  readonly rule: 'invalid' | 'unknown' | 'any';
}[] = [
  { type: comparisonCommand, params: {}, input: 'an unknown type', rule: 'invalid' },
  { type: 'threads.list', params: { order: 'sideways' }, input: 'an invalid order', rule: 'invalid' },
  { type: 'threads.get_by_id', params: {}, input: 'without thread_id', rule: 'invalid' },
  { type: 'items.list', params: {}, input: 'without thread_id', rule: 'invalid' },
  { type: 'items.feedback', params: {}, input: 'without parameters', rule: 'invalid' },
  { type: 'threads.update', params: {}, input: 'without parameters', rule: 'invalid' },
  { type: 'attachments.create', params: {}, input: 'without parameters', rule: 'invalid' },
  { type: 'input.transcribe', params: {}, input: 'without parameters', rule: 'invalid' },
  { type: 'threads.sync_custom_action', params: {}, input: 'without parameters', rule: 'invalid' },
  { type: 'threads.get_by_id', params: unknown, input: 'an unknown thread', rule: 'unknown' },
  { type: 'threads.update', params: { ...unknown, title: 'x' }, input: 'an unknown thread', rule: 'unknown' },
  { type: 'items.list', params: { ...unknown, order: 'asc', limit: 5 }, input: 'an unknown thread', rule: 'any' },
  // Deletion is only tried with an id: a server may understand a missing one as all.
  { type: 'threads.delete', params: unknown, input: 'an unknown thread', rule: 'any' },
  {
    type: 'attachments.delete',
    params: { attachment_id: 'atc_chatkit_inspector_unknown' },
    input: 'an unknown attachment',
    rule: 'any',
  },
];

const streamCases: readonly { readonly type: string; readonly params: Params; readonly input: string }[] = [
  { type: 'threads.create', params: {}, input: 'without input' },
  { type: 'threads.add_user_message', params: {}, input: 'without parameters' },
  { type: 'threads.add_user_message', params: { ...unknown, input: messageInput('x') }, input: 'an unknown thread' },
  { type: 'threads.add_client_tool_output', params: { ...unknown, result: {} }, input: 'an unknown thread' },
  {
    type: 'threads.add_structured_input',
    params: { ...unknown, item_id: unknownItem, input: { status: 'skipped', answers: {} } },
    input: 'an unknown thread',
  },
  { type: 'threads.retry_after_item', params: { ...unknown, item_id: unknownItem }, input: 'an unknown thread' },
  {
    type: 'threads.custom_action',
    params: { ...unknown, action: { type: 'chatkit-inspector.check', payload: {} } },
    input: 'an unknown thread',
  },
];

/** Sends every command with invalid input. None of them changes anything on a server that validates its input. */
export async function checkInvalidInput(run: CheckRun, checker: ElementChecker): Promise<void> {
  const body = '{"type": "threads.list", "params": {';
  await expectFailure(
    run,
    'threads.list',
    {},
    { input: 'a body that is not JSON', expected: 'failure', body },
    'invalid',
  );
  for (const { type, params, input, rule } of jsonCases) {
    await expectFailure(run, type, params, { input, expected: rule === 'any' ? 'any' : 'failure' }, rule);
  }
  for (const { type, params, input } of streamCases) {
    const turn = await sendTurn(run, checker, type, params, { input, expected: 'failure' });
    if (turn.outcome === 'success' && turn.status !== null)
      run.verdicts.report(ruleIds.invalidCommandAccepted, { command: type }, input);
  }
  run.verdicts.observe('invalidInput');
}

async function expectFailure(
  run: CheckRun,
  type: string,
  params: Params,
  sent: Sent,
  rule: 'invalid' | 'unknown' | 'any',
): Promise<void> {
  const { outcome } = await sendCommand(run, type, params, sent);
  if (outcome !== 'success' || rule === 'any') return;
  const id = rule === 'invalid' ? ruleIds.invalidCommandAccepted : ruleIds.unknownThreadAccepted;
  run.verdicts.report(id, { command: type }, sent.input);
}
