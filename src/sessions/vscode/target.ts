import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SessionRef } from '../../chatkit/common/refs.ts';
import type { SessionRecord } from '../common/record.ts';
import type { focusedRow } from '../../chatkit/vscode/ids.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import type { SessionServices } from './sessionServices.ts';
import { stateText } from './row.ts';

type Row = SessionRef | typeof focusedRow | undefined;

interface Question {
  readonly placeHolder: string;
  /** Which sessions the command makes sense for; all unless given. */
  readonly can?: (record: SessionRecord) => boolean;
}

/** The session a command means: its row, the one selected in the view, or the one the user picks. */
export async function targetSession(
  parts: SessionServices,
  row: Row,
  question: Question,
): Promise<SessionRecord | undefined> {
  const [named] = await namedSessions(parts, row, undefined, question);
  if (named !== undefined) return named;
  const choices = await choicesFor(parts, question);
  if (choices === undefined) return undefined;
  return (await vscode.window.showQuickPick(choices, { placeHolder: question.placeHolder, matchOnDescription: true }))
    ?.record;
}

/** The same for commands that take several at once. */
export async function targetSessions(
  parts: SessionServices,
  row: Row,
  rows: readonly SessionRef[] | undefined,
  question: Question,
): Promise<readonly SessionRecord[]> {
  const named = await namedSessions(parts, row, rows, question);
  if (named.length > 0) return named;
  const choices = await choicesFor(parts, question);
  if (choices === undefined) return [];
  const { placeHolder } = question;
  const picked = await vscode.window.showQuickPick(choices, {
    placeHolder,
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.map(({ record }) => record) ?? [];
}

/** A row that was named alone means itself, whatever can be done with it; of several only those it makes sense for. */
async function namedSessions(
  { store, view }: SessionServices,
  row: Row,
  rows: readonly SessionRef[] | undefined,
  { can = () => true }: Question,
): Promise<readonly SessionRecord[]> {
  await store.load();
  const refs = await view.targets(row, rows);
  const records = refs.map((ref) => store.get(ref)).filter((record) => record !== undefined);
  return records.length === 1 ? records : records.filter(can);
}

async function choicesFor({ store }: SessionServices, { can = () => true }: Question) {
  const now = Date.now();
  const choices = store.all.filter(can).map((record) => ({
    label: withoutIcons(record.session.user),
    description: withoutIcons(`${record.session.workflowId} · ${stateText(record, now)} · ${record.connectionName}`),
    record,
  }));
  if (choices.length > 0) return choices;
  void showInformation(
    store.all.length === 0
      ? l10n.t('No session was created here yet.')
      : l10n.t('None of the sessions here is active any more.'),
  );
  return undefined;
}
