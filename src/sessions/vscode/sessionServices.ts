import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { SessionRef } from '../../chatkit/common/model/thread.ts';
import type { SessionRecord } from '../common/record.ts';
import type { focusedRow } from '../../chatkit/vscode/ids.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import type { SessionDraft } from '../common/sessionDraft.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Inputs } from '../../base/common/placeholders.ts';
import { type SessionsView, stateText } from './view.ts';
import type { SessionStore } from './store.ts';

/** The services that the session commands use. */
export interface SessionServices extends Services {
  readonly store: SessionStore;
  readonly view: Pick<SessionsView, 'reveal' | 'selectingSuccessor' | 'targets'>;
  readonly recent: RecentSessions;
  /** Unfinished drafts by connection ID, used as defaults until the window closes. */
  readonly drafts: Map<string, SessionDraft>;
  /** Entered placeholder values by file URI or session key, used as defaults. Held in memory only. */
  readonly inputs: Map<string, Inputs>;
}

const key = 'chatkit.recentSessionValues';
/** Number of users and of workflows that are saved per connection. */
const maxRecentValues = 8;

const schema = z.record(z.string(), z.object({ users: z.array(z.string()), workflows: z.array(z.string()) }));

interface RecentValues {
  /** Newest first. */
  readonly users: readonly string[];
  readonly workflows: readonly string[];
}

/** Recent users and workflows of created sessions, per connection. Saved so that the user can select them again. */
export class RecentSessions {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  of(connectionId: string): RecentValues {
    return this.#read()[connectionId] ?? { users: [], workflows: [] };
  }

  async remember(connectionId: string, user: string, workflowId: string): Promise<void> {
    const { users, workflows } = this.of(connectionId);
    const values = { users: withFirst(users, user), workflows: withFirst(workflows, workflowId) };
    await this.#memento.update(key, { ...this.#read(), [connectionId]: values });
  }

  #read(): Readonly<Record<string, RecentValues>> {
    const result = schema.safeParse(this.#memento.get(key));
    return result.success ? result.data : {};
  }
}

function withFirst(values: readonly string[], value: string): readonly string[] {
  return [value, ...values.filter((other) => other !== value)].slice(0, maxRecentValues);
}

type Row = SessionRef | typeof focusedRow | undefined;

interface TargetQuestion {
  readonly placeHolder: string;
  /** Returns whether the command applies to a session. Default: all sessions. */
  readonly can?: (record: SessionRecord) => boolean;
}

/** Returns the session that a command applies to: of its row, selected in the view, or selected by the user. */
export async function targetSession(
  services: SessionServices,
  row: Row,
  question: TargetQuestion,
): Promise<SessionRecord | undefined> {
  const [named] = await namedSessions(services, row, undefined, question);
  if (named !== undefined) return named;
  const choices = await choicesFor(services, question);
  if (choices === undefined) return undefined;
  return (await vscode.window.showQuickPick(choices, { placeHolder: question.placeHolder, matchOnDescription: true }))
    ?.record;
}

/** Returns the sessions for commands that accept several. */
export async function targetSessions(
  services: SessionServices,
  row: Row,
  rows: readonly SessionRef[] | undefined,
  question: TargetQuestion,
): Promise<readonly SessionRecord[]> {
  const named = await namedSessions(services, row, rows, question);
  if (named.length > 0) return named;
  const choices = await choicesFor(services, question);
  if (choices === undefined) return [];
  const { placeHolder } = question;
  const picked = await vscode.window.showQuickPick(choices, {
    placeHolder,
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.map(({ record }) => record) ?? [];
}

/** Returns a single session even if the command does not apply to it; of several sessions, only those it applies to. */
async function namedSessions(
  { store, view }: SessionServices,
  row: Row,
  rows: readonly SessionRef[] | undefined,
  { can = () => true }: TargetQuestion,
): Promise<readonly SessionRecord[]> {
  await store.load();
  const refs = await view.targets(row, rows);
  const records = refs.map((ref) => store.get(ref)).filter((record) => record !== undefined);
  return records.length === 1 ? records : records.filter(can);
}

async function choicesFor({ store }: SessionServices, { can = () => true }: TargetQuestion) {
  const now = Date.now();
  const choices = store.all.filter(can).map((record) => ({
    label: withoutIcons(record.session.user),
    description: withoutIcons(`${record.session.workflowId} · ${stateText(record, now)} · ${record.connectionName}`),
    record,
  }));
  if (choices.length > 0) return choices;
  void showInformation(store.all.length === 0 ? l10n.t('No sessions yet.') : l10n.t('No active sessions.'));
  return undefined;
}
