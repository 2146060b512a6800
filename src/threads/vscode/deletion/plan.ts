import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import type { ThreadsModel } from '../model.ts';

/** Threads of one connection. */
export interface DeletionPart {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly threads: readonly ThreadRef[];
}

export interface DeletionPlan {
  readonly parts: readonly DeletionPart[];
  /** Names of connections that delete nothing, because they are read-only or cannot. */
  readonly readOnly: readonly string[];
  readonly unable: readonly string[];
}

/** Sorts threads by connection, and sets apart those of connections that refuse. */
export function planDeletion(model: ThreadsModel, refs: readonly ThreadRef[]): DeletionPlan {
  const parts: DeletionPart[] = [];
  const readOnly: string[] = [];
  const unable: string[] = [];
  for (const connectionId of new Set(refs.map((ref) => ref.connectionId))) {
    const connection = model.connections.get(connectionId);
    const capabilities = model.store(connectionId)?.capabilities;
    if (connection === undefined || capabilities === undefined) continue;
    const { name } = connection;
    if (capabilities.readOnly) readOnly.push(name);
    else if (!capabilities.delete) unable.push(name);
    else {
      const threads = refs.filter((ref) => ref.connectionId === connectionId);
      parts.push({ connectionId, connectionName: name, threads });
    }
  }
  return { parts, readOnly, unable };
}

export function plannedThreads({ parts }: DeletionPlan): readonly ThreadRef[] {
  return parts.flatMap(({ threads }) => threads);
}
