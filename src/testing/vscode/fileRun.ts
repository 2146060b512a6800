import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { segmentsOf } from '../../base/common/placeholders.ts';
import { secretRedactor } from '../../base/common/redact.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import { findConnections, pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Snapshots } from '../../conversation/common/tests/snapshots.ts';
import type { TestCase } from '../../conversation/common/tests/testCase.ts';
import type { TestThread } from '../node/testThread.ts';
import { savedSnapshots } from './snapshotFiles.ts';
import { readText } from './testFiles.ts';
import type { TestValues } from './testValues.ts';

/** A test file that is ready to run. */
export interface FileRun {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly tests: readonly TestCase[];
  readonly connection: Connection;
  readonly source: ThreadSource;
  readonly snapshots: Snapshots;
  readonly redact: (text: string) => string;
  /** What the user should know about how it runs; null for nothing. */
  readonly note: string | null;
}

/** Why a file does not run, and where in it; the place is null for the whole file. */
export interface FileProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

interface PrepareOptions {
  readonly services: Services;
  readonly thread: TestThread;
  readonly values: TestValues;
  /** Connections that the user selected for files without one, by file. */
  readonly chosen: Map<string, string>;
}

/** Reads a test file and finds everything it needs. Returns null when the user cancels. */
export async function prepareFile(
  { services, thread, values, chosen }: PrepareOptions,
  uri: vscode.Uri,
): Promise<FileRun | FileProblem | null> {
  const text = await readText(uri);
  const content = await thread.run('read', { text });
  const error = content.problems.find(({ severity }) => severity === 'error');
  if (error !== undefined) return error;
  const placeholders = content.connection !== null && hasPlaceholder(content.connection);
  const named = placeholders ? null : await chooseConnection(services, chosen, uri, content.connection);
  if (named === undefined) return null;
  if (typeof named === 'string') return problem(named);
  const target = named === null ? (content.connection ?? '') : `${named.name} (${named.url})`;
  const resolvedValues = await values.resolve(uri, content.reads, target);
  if (resolvedValues === undefined) return null;
  const resolved = await thread.run('resolve', { text, values: resolvedValues });
  if ('problem' in resolved) return problem(resolved.problem);
  const { file } = resolved;
  const connection = named ?? (await chooseConnection(services, chosen, uri, file.connection));
  if (connection === undefined || connection === null) return null;
  if (typeof connection === 'string') return problem(connection);
  const acting = actingSource(services, connection, file.user);
  if ('problem' in acting) return problem(acting.problem);
  const ofConnection = await services.connections.redactor(connection.id);
  const environment = content.reads.flatMap(({ placeholder: { kind, name } }) =>
    kind === 'env' ? (process.env[name] ?? []) : [],
  );
  const ofValues = secretRedactor(environment);
  let snapshots: Snapshots;
  try {
    snapshots = await savedSnapshots(uri);
  } catch (thrown) {
    if (thrown instanceof RangeError) return problem(thrown.message);
    throw thrown;
  }
  return {
    uri,
    text,
    tests: file.tests,
    connection,
    source: acting.source,
    snapshots,
    redact: (shown) => ofValues(ofConnection(shown)),
    note: acting.note,
  };
}

function problem(message: string): FileProblem {
  return { message, line: 1, column: 1 };
}

function hasPlaceholder(text: string): boolean {
  return segmentsOf(text).some(({ kind }) => kind !== 'text');
}

/** Returns the connection, why there is none, or undefined when the user cancels. */
async function chooseConnection(
  { connections }: Services,
  chosen: Map<string, string>,
  file: vscode.Uri,
  idOrName: string | null,
): Promise<Connection | string | undefined> {
  const canSend = ({ id }: Connection): boolean => connections.source(id).capabilities.send;
  if (idOrName === null) {
    const earlier = connections.get(chosen.get(file.toString()) ?? '');
    if (earlier !== undefined && canSend(earlier)) return earlier;
    const picked = await pickConnection(connections, l10n.t('Select the connection to run the tests on'), canSend);
    if (picked !== undefined) chosen.set(file.toString(), picked.id);
    return picked;
  }
  const matches = findConnections(connections, idOrName);
  const [only] = matches;
  if (only === undefined) return l10n.t('The connection “{0}” does not exist in this editor.', idOrName);
  if (matches.length > 1) return l10n.t('Several connections have the name “{0}”. Use an ID.', idOrName);
  return canSend(only) ? only : l10n.t('The connection “{0}” cannot send messages.', only.name);
}

type ActingSource = { readonly source: ThreadSource; readonly note: string | null } | { readonly problem: string };

/** Returns the source that acts as the user of a test file, where the connection can. */
function actingSource(
  { connections }: Services,
  { id, name, userHeader }: Connection,
  user: string | null,
): ActingSource {
  if (user === null) return { source: connections.source(id), note: null };
  if (!/^[\x20-\x7e]{1,1000}$/.test(user)) {
    return { problem: l10n.t('The user of the test file cannot be sent in a header.') };
  }
  if (userHeader === undefined) {
    return { source: connections.source(id), note: l10n.t('“{0}” has no user header: the user is not sent.', name) };
  }
  return { source: connections.sourceAs(id, user), note: null };
}
