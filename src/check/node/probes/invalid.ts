import { comparisonCommand } from '../../../chatkit/common/responses/unsupportedCommand.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { CheckRun } from '../run/checkRun.ts';
import type { Judge } from '../run/judge.ts';
import { sendCommand, type Params, type Sent } from '../run/sendCommand.ts';
import { sendTurn } from '../run/sendTurn.ts';
import { messageInput } from './turns.ts';

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
export async function checkInvalidInput(run: CheckRun, judge: Judge): Promise<void> {
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
    const turn = await sendTurn(run, judge, type, params, { input, expected: 'failure' });
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
