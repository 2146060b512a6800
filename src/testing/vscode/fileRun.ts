import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { fileNameOf } from '../../base/common/fileName.ts';
import { toWireCommand } from '../../chatkit/common/wire/server/command.ts';
import { ScriptError, type ScriptResult, type StepResult } from '../../conversation/common/script/types.ts';
import type { EventLogs } from '../../eventLog/common/responseRecorder.ts';
import type { RecordedEnd } from '../../eventLog/common/recordedResponse.ts';
import type { Json } from '../../base/common/json.ts';
import { snapshotFileName, snapshotFolder } from '../../conversation/common/tests/fileNames.ts';
import {
  type Snapshots,
  mergeSnapshots,
  readSnapshots,
  writeSnapshots,
} from '../../conversation/common/tests/snapshots.ts';
import { saveFile } from '../../base/vscode/saveFile.ts';
import { isInside } from '../../base/node/isInside.ts';
import type { AttachmentFile } from '../../chatkit/common/stream/conversationApi.ts';
import { readAttachment } from '../../conversation/vscode/pickFiles.ts';
import { segmentsOf } from '../../base/common/placeholders.ts';
import { secretRedactor } from '../../base/common/redact.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import { findConnections, pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { TestCase } from '../../conversation/common/tests/schema/testFileSchema.ts';
import type { TestThread } from '../node/testThread.ts';
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

/**
 * Reads the file of a `say` step, relative to its test file. Test files are untrusted: they read only
 * below the folder of the workspace that contains them (else their own folder), and only in a trusted workspace.
 */
export async function readStepFile(testFile: vscode.Uri, path: string): Promise<AttachmentFile> {
  const refuse = (message: string): ScriptError => new ScriptError('file', message);
  if (!vscode.workspace.isTrusted) {
    throw refuse(l10n.t('Reading “{0}” is off until you trust this workspace.', path));
  }
  if (/^([/\\]|[a-z]:|[a-z][a-z+.-]*:)/i.test(path)) throw refuse(l10n.t('“{0}” is not a relative path.', path));
  const folders = vscode.workspace.workspaceFolders ?? [];
  const own = vscode.Uri.joinPath(testFile, '..');
  const base = testFile.scheme === 'untitled' ? (folders[0]?.uri ?? own) : own;
  const root = testFile.scheme === 'untitled' ? base : (vscode.workspace.getWorkspaceFolder(testFile)?.uri ?? own);
  const file = vscode.Uri.joinPath(base, path.replaceAll('\\', '/'));
  if (!`${file.path}`.startsWith(root.path.endsWith('/') ? root.path : `${root.path}/`)) {
    throw refuse(l10n.t('“{0}” is outside of the folder of the tests.', path));
  }
  // A link in the folder can refer to any file.
  if (file.scheme === 'file' && !(await isBelow(file.fsPath, root.fsPath))) {
    throw refuse(l10n.t('“{0}” is outside of the folder of the tests.', path));
  }
  return readAttachment(file);
}

/**
 * Whether a file is below a folder after links are resolved. True if it does not exist: reading it reports the error.
 */
async function isBelow(file: string, folder: string): Promise<boolean> {
  try {
    return isInside(await realpath(folder), await realpath(file));
  } catch {
    return true;
  }
}

function snapshotFileOf(testFile: vscode.Uri): vscode.Uri {
  const name = fileNameOf(testFile);
  return vscode.Uri.joinPath(testFile, '..', snapshotFolder, snapshotFileName(name));
}

/** Returns the saved snapshots of a test file; none where it is not saved or has none. Throws `RangeError` for a damaged file. */
async function savedSnapshots(testFile: vscode.Uri): Promise<Snapshots> {
  if (testFile.scheme === 'untitled') return new Map();
  const file = snapshotFileOf(testFile);
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return new Map();
    throw error;
  }
  return readSnapshots(text);
}

/** Saves snapshots of a test file, which replace those with the same keys. */
export async function acceptSnapshots(testFile: vscode.Uri, accepted: ReadonlyMap<string, Json>): Promise<void> {
  const merged = mergeSnapshots(await savedSnapshots(testFile), accepted);
  const file = snapshotFileOf(testFile);
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(file, '..'));
  await saveFile(file, new TextEncoder().encode(writeSnapshots(merged)), 'umask');
}

/**
 * Adds the responses of a script to the event logs of this window, so that its thread shows them, and they can be saved and
 * replayed. Returns the id of the response of each step; null for a step without one. `startedAt`: start of the script, in
 * ms since the epoch.
 */
export function recordRun(
  logs: EventLogs,
  connectionId: string,
  script: Pick<ScriptResult, 'threadId' | 'steps'>,
  startedAt: number,
): readonly (string | null)[] {
  return script.steps.map((step) => {
    const { command, events } = step;
    if (command === null) return null;
    const threadId = command.type === 'createThread' ? null : script.threadId;
    const start = { command: toWireCommand(command).type, threadId, startedAt: startedAt + step.startedAt };
    const recording = logs.startRecording(connectionId, start, script.threadId, command);
    recording.add(events);
    recording.finish(endOf(step));
    return recording.response.id;
  });
}

function endOf({ outcome, endMs, fault, error, durationMs }: StepResult): RecordedEnd {
  const at = endMs ?? durationMs;
  if (outcome === 'failed') return { kind: 'failed', at, reason: error?.message ?? null };
  if (outcome === 'stopped') return { kind: 'stopped', at, reason: null };
  return { kind: 'closed', at, reason: fault === null ? null : (fault.message ?? fault.code) };
}
