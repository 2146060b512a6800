import { isRecord } from '../../../base/common/json.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { CheckRun } from '../run/checkRun.ts';
import { type Judge, kindOf } from '../run/judge.ts';
import { sendCommand } from '../run/sendCommand.ts';
import { type Turn, sendTurn } from '../run/sendTurn.ts';
import { readList } from './paging.ts';
import { itemList } from './threads.ts';
import { createThread } from './turns.ts';

type Item = Readonly<Record<string, unknown>>;

/** Asks for a client tool call, and answers it where there is one. */
export async function checkToolCall(run: CheckRun, judge: Judge): Promise<void> {
  const turn = await createThread(run, judge, run.messages.tool, {
    input: 'a message that asks for a tool call',
    optional: true,
  });
  const call = openItem(turn, 'client_tool_call');
  const { threadId } = turn;
  if (call === null || threadId === null) return;
  const result = { source: 'server check', ok: true };
  const answer = await sendTurn(
    run,
    judge,
    'threads.add_client_tool_output',
    { thread_id: threadId, result },
    {
      input: 'an output for the tool call',
      expected: 'success',
      threadId,
    },
  );
  if (answer.outcome === 'success') await checkToolOutput(run, judge, threadId, turn, call);
}

async function checkToolOutput(run: CheckRun, judge: Judge, threadId: string, turn: Turn, call: Item): Promise<void> {
  const stored = await allItems(run, judge, threadId);
  if (stored === null) return;
  const { verdicts } = run;
  verdicts.observe('toolOutput');
  const records = stored.filter(isRecord);
  const found = records.find(({ id }) => id === call['id']);
  const location = { command: 'threads.add_client_tool_output', threadId, itemId: String(call['id']) };
  if (
    found !== undefined &&
    (found['status'] !== 'completed' || found['output'] === undefined || found['output'] === null)
  )
    verdicts.report(ruleIds.toolOutputNotStored, location, { status: found['status'], output: found['output'] });
  const ids = new Set(records.map(({ id }) => id));
  for (const [itemId, item] of turn.items) {
    if (kindOf(item['type']) === 'client_tool_call' && turn.done.has(itemId) && !ids.has(itemId))
      verdicts.report(ruleIds.removedWithoutEvent, { ...location, itemId });
  }
}

/** Asks for a form, and answers it where there is one. */
export async function checkForm(run: CheckRun, judge: Judge): Promise<void> {
  const turn = await createThread(run, judge, run.messages.form, {
    input: 'a message that asks for a form',
    optional: true,
  });
  const form = openItem(turn, 'structured_input');
  const { threadId } = turn;
  if (form === null || threadId === null) return;
  const params = {
    thread_id: threadId,
    item_id: form['id'],
    input: { status: 'answered', answers: answersOf(form['inputs']) },
  };
  const sent = { input: 'answers for the form', expected: 'success', threadId } as const;
  const answer = await sendTurn(run, judge, 'threads.add_structured_input', params, sent);
  if (answer.outcome === 'success') run.verdicts.observe('formAnswer');
}

function answersOf(
  inputs: unknown,
): Readonly<Record<string, { readonly values: readonly string[]; readonly skipped: boolean }>> {
  const fields = Array.isArray(inputs) ? inputs.filter(isRecord) : [];
  return Object.fromEntries(
    fields.map(({ id, options }) => {
      const [first] = Array.isArray(options) ? options.filter(isRecord) : [];
      const value = typeof first?.['value'] === 'string' ? first['value'] : 'Server check';
      return [String(id), { values: [value], skipped: false }];
    }),
  );
}

/** Asks for a widget, and sends an action that no application knows. */
export async function checkWidget(run: CheckRun, judge: Judge): Promise<void> {
  const turn = await createThread(run, judge, run.messages.widget, {
    input: 'a message that asks for a widget',
    optional: true,
  });
  const { threadId } = turn;
  if (threadId === null) return;
  const widget = [...turn.items.values()].find(({ type }) => kindOf(type) === 'widget');
  const params = {
    thread_id: threadId,
    ...(widget === undefined ? {} : { item_id: widget['id'] }),
    action: { type: 'chatkit-inspector.check', payload: { source: 'server check' } },
  };
  const input = widget === undefined ? 'an unknown action' : 'an unknown action of a widget';
  await sendTurn(run, judge, 'threads.custom_action', params, { input, expected: 'any', optional: true, threadId });
  await sendCommand(run, 'threads.sync_custom_action', params, { input, expected: 'any', optional: true, threadId });
}

/** The start of an empty WebM file: enough for a server to accept or refuse it. */
const audio = 'GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYEC';

/** Sends a few bytes of audio. Servers need not support it. */
export async function checkTranscription(run: CheckRun): Promise<void> {
  const params = { audio_base64: audio, mime_type: 'audio/webm;codecs=opus' };
  await sendCommand(run, 'input.transcribe', params, {
    input: 'a few bytes of audio',
    expected: 'any',
    optional: true,
  });
}

/** The last item of a turn that waits for the user. */
function openItem({ items }: Turn, type: string): Item | null {
  const last = [...items.values()].findLast((item) => kindOf(item['type']) === type && item['status'] === 'pending');
  return last ?? null;
}

async function allItems(run: CheckRun, judge: Judge, threadId: string): Promise<readonly unknown[] | null> {
  const list = await readList(run, itemList(run, judge, threadId), { limit: 100, order: 'asc', maxPages: 2 });
  return list.failed ? null : list.elements;
}
