import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { fileNamePart, withoutReserved } from '../../base/common/fileName.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showInformation, showWarning } from '../../base/vscode/messages/notifications.ts';
import { askChoice } from '../../base/vscode/quickInput.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { threadLabel } from '../../threads/common/summary/itemSummary.ts';
import { type ReceivedEvent, notJson } from '../../chatkit/common/stream/events.ts';
import { toStreamEvent } from '../../chatkit/common/wire/server/event.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import { findConnections } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { readThread } from '../../conversation/common/script/runScript.ts';
import { testFileExtension } from '../../conversation/common/tests/fileNames.ts';
import type { MakeTestInput } from '../../conversation/common/tests/make/makeTest.ts';
import type { RecordedResponse } from '../../conversation/common/tests/make/responseDrafts.ts';
import { eventsExtension } from '../../eventLog/common/readEventLog.ts';
import type { EventLogs } from '../../eventLog/common/responseRecorder.ts';
import { readSavedEventLog } from '../../eventLog/vscode/savedEventLog.ts';
import { closeContent, openContent } from '../../export/vscode/exportContent.ts';
import type { TestThread } from '../node/testThread.ts';
import { cancellable } from './cancellable.ts';
import { exists } from '../../base/vscode/findFiles.ts';

interface MakeTestServices {
  readonly services: Services;
  readonly logs: EventLogs;
  readonly thread: TestThread;
}

/**
 * *Make Test…*: opens a test of a conversation as an untitled file. `target`: a thread of a connection, an exported file or
 * a saved event log; a thread whose connection id is the address of an exported file is of that file.
 */
export async function makeTest(parts: MakeTestServices, target: ThreadRef | vscode.Uri): Promise<void> {
  const input = await inputOf(parts, target);
  if (input === undefined) return;
  const texts = await askTexts();
  if (texts === undefined) return;
  const made = await parts.thread.run('make', { input, options: { texts } });
  if ('problem' in made) {
    void showInformation(formatMessage(l10n.t('Could not make a test: {0}'), made.problem));
    return;
  }
  await openUntitled(nameOf(input), made.text);
}

function inputOf(parts: MakeTestServices, target: ThreadRef | vscode.Uri): Promise<MakeTestInput | undefined> {
  if (target instanceof vscode.Uri) {
    return target.path.endsWith(eventsExtension) ? ofEventLog(parts, target) : ofExport(parts, target, undefined);
  }
  const isConnection = parts.services.connections.get(target.connectionId) !== undefined;
  if (isConnection) return ofThread(parts, target);
  return ofExport(parts, vscode.Uri.parse(target.connectionId, true), target.threadId);
}

async function ofThread({ services, logs }: MakeTestServices, ref: ThreadRef): Promise<MakeTestInput> {
  const source = services.connections.source(ref.connectionId);
  const { thread, items } = await readWithProgress(source, ref.threadId);
  const responses = recordedResponses(logs, ref, items.filter(({ kind }) => kind === 'user_message').length);
  return { thread, items, responses, connection: nameOrId(services, ref.connectionId) };
}

async function ofExport(
  { services }: MakeTestServices,
  uri: vscode.Uri,
  threadId: string | undefined,
): Promise<MakeTestInput | undefined> {
  const content = await openContent(uri, () => services.settings.get('chatkit.pageSize'));
  if (content.type === 'invalid') throw new SourceError('invalidResponse', content.reason, { nextStep: 'none' });
  try {
    const { threads, source, header } = content.file;
    const chosen =
      threadId ??
      (threads.length === 1
        ? threads[0]?.thread.id
        : await pickThread(
            threads.map(({ thread }) => ({ ...thread, firstText: content.firstUserTexts.get(thread.id) })),
          ));
    if (chosen === undefined) return undefined;
    const { thread, items } = await readWithProgress(source, chosen);
    return { thread, items, responses: null, connection: nameInEditor(services, header.connection.name) };
  } finally {
    await closeContent(content);
  }
}

async function ofEventLog({ services }: MakeTestServices, uri: vscode.Uri): Promise<MakeTestInput> {
  const { response, received, connectionName } = await readSavedEventLog(uri);
  const responses = [{ command: response.command, received }];
  return { thread: null, items: [], responses, connection: nameInEditor(services, connectionName ?? '') };
}

/** The name of a connection, or its ID where another one has the same name. */
function nameOrId({ connections }: Services, connectionId: string): string {
  const name = connections.get(connectionId)?.name ?? connectionId;
  return findConnections(connections, name).length === 1 ? name : connectionId;
}

/** The name of the connection that an export is from, where this editor has it; otherwise running the test asks for one. */
function nameInEditor({ connections }: Services, name: string): string | null {
  return connections.all.some((connection) => connection.name === name) ? name : null;
}

async function pickThread(
  threads: readonly {
    readonly id: string;
    readonly title: string | null;
    readonly firstText: string | null | undefined;
  }[],
): Promise<string | undefined> {
  const choices = threads.map(({ firstText, ...thread }) => ({
    label: withoutIcons(threadLabel(thread, firstText)),
    description: thread.id,
    value: thread.id,
  }));
  const answer = await askChoice({ title: l10n.t('Make Test'), placeholder: l10n.t('Select a thread'), choices });
  return typeof answer === 'string' ? answer : undefined;
}

async function askTexts(): Promise<boolean | undefined> {
  const answer = await askChoice({
    title: l10n.t('Make Test'),
    placeholder: l10n.t('Select what the test expects'),
    choices: [
      {
        label: l10n.t('Structure'),
        description: l10n.t('kinds, tool names and arguments, widget outlines, statuses'),
        value: false,
      },
      {
        label: l10n.t('Structure and exact texts'),
        description: l10n.t('for servers that always respond with the same text'),
        value: true,
      },
    ],
  });
  return typeof answer === 'boolean' ? answer : undefined;
}

function readWithProgress(source: ThreadSource, threadId: string) {
  return cancellable(l10n.t('Reading the thread…'), (signal) => readThread(source, threadId, signal));
}

const messageCommands: ReadonlySet<string> = new Set(['threads.create', 'threads.add_user_message']);

/** The recorded responses of a thread, where they are complete from its first message on; otherwise null. */
function recordedResponses(
  logs: EventLogs,
  { connectionId, threadId }: ThreadRef,
  messages: number,
): readonly RecordedResponse[] | null {
  const sent = new Map(logs.all.map((record) => [record.response, record.sent]));
  const responses = logs.responses(connectionId, threadId).filter(({ events }) => events.length > 0);
  const isComplete =
    responses[0]?.command === 'threads.create' &&
    responses.filter(({ command }) => messageCommands.has(command)).length === messages &&
    responses.every(({ end, withoutJson, droppedCount }) => {
      return end?.kind === 'closed' && withoutJson === 0 && droppedCount === 0;
    });
  if (!isComplete) return null;
  return responses.map((response) => ({
    command: sent.get(response) ?? response.command,
    received: response.events.map(({ at, bytes, raw = null, problem }): ReceivedEvent => {
      const isText = typeof raw === 'string' && problem === notJson;
      const event = isText
        ? { type: 'unknown' as const, wireType: null, problem: notJson }
        : toStreamEvent(raw, threadId);
      return { at, bytes, raw, event };
    }),
  }));
}

function nameOf({ thread }: MakeTestInput): string {
  const plain = fileNamePart((thread?.title ?? '').toLowerCase(), 60);
  return withoutReserved(plain === '' ? 'conversation' : plain);
}

/** Opens a text as a file that does not exist yet, in the first folder of the workspace. */
async function openUntitled(name: string, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const path = folder === undefined ? '' : `${folder.path.replace(/\/$/, '')}/`;
  for (let number = 1; number <= 100; number++) {
    const file = `${path}${name}${number === 1 ? '' : `-${number}`}${testFileExtension}`;
    const uri = vscode.Uri.from({ scheme: 'untitled', path: file });
    const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.path === uri.path);
    if (isOpen || (folder !== undefined && (await exists(folder.with({ path: file }))))) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const start = new vscode.Position(0, 0);
    await editor.edit((edit) => edit.insert(start, text));
    editor.selection = new vscode.Selection(start, start);
    return;
  }
  void showWarning(l10n.t('There are too many files with this name.'));
}
