import * as l10n from '@vscode/l10n';
import { oneLine } from '../../../base/common/plainText.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';

/** Threads of one connection. */
interface DeletionPart {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly threads: readonly ThreadRef[];
}

export interface DeletionPlan {
  readonly parts: readonly DeletionPart[];
  /** Names of connections that are read-only. */
  readonly readOnly: readonly string[];
  /** Names of connections that do not support deletion. */
  readonly unsupported: readonly string[];
}

/** Groups threads by connection, and separates connections that cannot delete. */
export function planDeletion(model: ThreadsModel, refs: readonly ThreadRef[]): DeletionPlan {
  const parts: DeletionPart[] = [];
  const readOnly: string[] = [];
  const unsupported: string[] = [];
  for (const connectionId of new Set(refs.map((ref) => ref.connectionId))) {
    const connection = model.connections.get(connectionId);
    const capabilities = model.store(connectionId)?.capabilities;
    if (connection === undefined || capabilities === undefined) continue;
    const { name } = connection;
    if (capabilities.readOnly) readOnly.push(name);
    else if (!capabilities.delete) unsupported.push(name);
    else {
      const threads = refs.filter((ref) => ref.connectionId === connectionId);
      parts.push({ connectionId, connectionName: name, threads });
    }
  }
  return { parts, readOnly, unsupported };
}

export function plannedThreads({ parts }: DeletionPlan): readonly ThreadRef[] {
  return parts.flatMap(({ threads }) => threads);
}

/** Maximum number of titles in the question. The rest is counted. */
const maxListed = 10;

interface DeletionQuestion {
  readonly message: string;
  readonly detail: string;
}

/** Returns the confirmation: the threads, their users and connections, and the consequences. */
export function deletionQuestion(plan: DeletionPlan, model: ThreadsModel): DeletionQuestion {
  const threads = plannedThreads(plan);
  const [only] = threads;
  const message =
    threads.length === 1 && only !== undefined
      ? formatMessage(l10n.t('Delete the thread “{0}”?'), model.label(only))
      : l10n.t('Delete {0} threads?', threads.length);
  const detail = [
    ...plan.parts.map((part) => partText(part, model, threads.length === 1)),
    threads.length === 1
      ? l10n.t('Its messages, widgets and attachments are deleted on the server. This cannot be undone.')
      : l10n.t('Their messages, widgets and attachments are deleted on the server. This cannot be undone.'),
  ];
  return { message, detail: detail.join('\n\n') };
}

function partText({ connectionName, threads }: DeletionPart, model: ThreadsModel, isOnly: boolean): string {
  const where = l10n.t('Connection: {0}', connectionName);
  const userOf = (thread: (typeof threads)[number]): string => oneLine(model.thread(thread)?.user ?? '');
  if (isOnly) {
    const user = threads[0] === undefined ? '' : userOf(threads[0]);
    return user === '' ? where : `${l10n.t('User: {0}', user)}\n${where}`;
  }
  const lines = threads.slice(0, maxListed).map((thread) => {
    const user = userOf(thread);
    return `• ${model.label(thread)}${user === '' ? '' : ` (${user})`}`;
  });
  const rest = threads.length - lines.length;
  return [where, ...lines, ...(rest > 0 ? [l10n.t('… and {0} more', rest)] : [])].join('\n');
}
