import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { oneLine } from '../../base/common/plainText.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { askModal, showInformation, showWarning } from '../../base/vscode/messages/notifications.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import { type ThreadItem, userText } from '../../chatkit/common/model/item.ts';
import type { ItemRef, ThreadRef } from '../../chatkit/common/model/thread.ts';
import { itemsIn } from '../../chatkit/common/store/types.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { readThread, runScript } from '../../conversation/common/script/runScript.ts';
import type { ScriptResult, ScriptStep } from '../../conversation/common/script/types.ts';
import { scriptOfThread } from '../../conversation/common/tests/make/threadDrafts.ts';
import type { EventLogs } from '../../eventLog/common/responseRecorder.ts';
import { systemClock } from '../node/systemClock.ts';
import { cancellable } from './cancellable.ts';
import { recordRun } from './fileRun.ts';

interface RunAgainServices {
  readonly services: Services;
  readonly logs: EventLogs;
}

/**
 * *Run Again…*: repeats the user's side of a thread in a new thread and compares both. *Fork from Here*: the same up to an
 * item, and opens the new thread. The old thread stays as it is. Asks first where more than messages is repeated.
 */
export async function runAgain(
  { services, logs }: RunAgainServices,
  { connectionId, threadId }: ThreadRef,
  until?: string,
): Promise<void> {
  const { connections } = services;
  const source = connections.source(connectionId);
  const name = connections.get(connectionId)?.name ?? connectionId;
  if (!source.capabilities.send) {
    void showInformation(formatMessage(l10n.t('“{0}” cannot send messages.'), name));
    return;
  }
  const { items } = await cancellable(l10n.t('Reading the thread…'), (signal) => readThread(source, threadId, signal));
  const script = scriptOf(items, until);
  if (script === null) {
    void showInformation(l10n.t('The thread has no message to repeat.'));
    return;
  }
  if (!(await confirmRun(script.steps, script.notes, name, until !== undefined))) return;
  const startedAt = Date.now();
  const title = until === undefined ? l10n.t('Running the thread again…') : l10n.t('Forking the thread…');
  const result = await cancellable(title, (signal, report) =>
    runScript(source, script.steps, {
      signal,
      clock: systemClock,
      checkProtocol: () => [],
      onStepStart: (index) => report(l10n.t('step {0} of {1}', index + 1, script.steps.length)),
    }),
  );
  recordRun(logs, connectionId, result, startedAt);
  await showResult(services, { connectionId, threadId }, result, until);
}

/** Asks for a loaded message of a thread, newest first; undefined if the user cancels. */
export async function pickForkItem({ connections }: Services, ref: ThreadRef): Promise<ItemRef | undefined> {
  const rows = itemsIn(connections.store(ref.connectionId).items(ref.threadId))
    .flatMap((item) =>
      item.kind === 'user_message' ? { label: withoutIcons(oneLine(userText(item))), itemId: item.id } : [],
    )
    .toReversed();
  const picked = await vscode.window.showQuickPick(rows, { placeHolder: l10n.t('Select the last message to repeat') });
  return picked && { ...ref, itemId: picked.itemId };
}

async function showResult(
  { connections }: Services,
  left: ThreadRef,
  { threadId, failure }: ScriptResult,
  until: string | undefined,
): Promise<void> {
  const { connectionId } = left;
  if (failure !== null && failure.error.kind !== 'cancelled') {
    const text =
      threadId === null ? l10n.t('No thread was created: {0}') : l10n.t('The new thread ends early, at step {1}: {0}');
    void showWarning(formatMessage(text, failure.error.message, failure.step + 1));
  }
  if (threadId === null) return;
  const right = { connectionId, threadId };
  // Best effort: the list shows the new thread at its next refresh at the latest.
  connections
    .store(connectionId)
    .refreshList(AbortSignal.timeout(30_000))
    .catch(() => undefined);
  if (until !== undefined) await runCommand('chatkit.openThread', right);
  const first = until === undefined ? left : { ...left, until };
  await runCommand('chatkit.compareSelected', first, [first, right]);
}

function scriptOf(items: readonly ThreadItem[], until: string | undefined) {
  try {
    return scriptOfThread(items, until);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Messages alone are repeated without a question; outputs of tools, answers and losses are listed first. */
async function confirmRun(
  steps: readonly ScriptStep[],
  notes: readonly string[],
  name: string,
  isFork: boolean,
): Promise<boolean> {
  const tools = steps.flatMap((step) => (step.type === 'answerTool' ? [step.tool ?? l10n.t('a tool')] : []));
  const forms = steps.filter(({ type }) => type === 'answerForm').length;
  if (tools.length === 0 && forms === 0 && notes.length === 0) return true;
  const messages = steps.filter(({ type }) => type === 'say').length;
  const run = isFork ? l10n.t('Fork') : l10n.t('Run Again');
  const detail = [
    l10n.t('Sent to “{0}” in a new thread; the old thread stays as it is:', name),
    `• ${messages === 1 ? l10n.t('1 message') : l10n.t('{0} messages', messages)}`,
    ...(tools.length === 0 ? [] : [`• ${l10n.t('outputs of tools: {0}', [...new Set(tools)].join(', '))}`]),
    ...(forms === 0 ? [] : [`• ${forms === 1 ? l10n.t('1 answered form') : l10n.t('{0} answered forms', forms)}`]),
    ...notes.map((note) => `• ${note}`),
    '',
    l10n.t('The server may repeat what it did then, such as orders or emails.'),
  ].join('\n');
  const question = isFork
    ? l10n.t('Run this conversation again up to the selected item?')
    : l10n.t('Run this conversation again?');
  return (await askModal({ severity: 'warning', question, detail }, run)) === run;
}
