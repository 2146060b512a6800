import { recheckedItems } from '../../conversation/vscode/conversationService.ts';
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { RpcError, type RpcHandlers } from '../../base/common/rpc.ts';
import type { Json } from '../../base/common/json.ts';
import { SourceError, toSourceError } from '../../chatkit/common/errors.ts';
import { type ThreadItem, userText } from '../../chatkit/common/model/item.ts';
import { wireId } from '../../chatkit/common/store/itemWindows.ts';
import { type ThreadStore, itemsIn } from '../../chatkit/common/store/types.ts';
import { type StreamCommand, syncActionTimeoutMs } from '../../chatkit/common/stream/conversationApi.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import { presentError, serverMessage } from '../../chatkit/vscode/present.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { ResponseStream } from '../../conversation/vscode/responseStream.ts';
import type { InspectorHost, InspectorState } from '../common/protocol.ts';
import type { ConversationHost } from '../../conversation/common/protocol.ts';
import { exactJson } from '../../base/common/parseJson.ts';
import type { ItemRef } from '../../chatkit/common/model/thread.ts';
import { documentScheme } from '../../chatkit/vscode/ids.ts';
import { documentPath } from '../../threads/vscode/documents/documentRef.ts';
import { JsonPositions } from '../../widgets/common/preview/jsonPositions.ts';
import { itemMarkdown, itemText } from '../../threads/vscode/documents/content.ts';
import type { ExportViewRequest } from '../../export/common/exportRequests.ts';
import { editorLinks } from '../../chatkit/vscode/notify.ts';
import { imageOfItem } from '../../widgets/vscode/remoteImages.ts';
import { jsonForWebview } from '../common/inspectorItem.ts';
import { openLink } from '../../base/common/plainUrl.ts';
import { openLocation } from '../../base/vscode/openLocation.ts';
import { bodyOf, requestAsCurl, toRequestView } from '../../eventLog/vscode/requests.ts';
import { showStatus } from '../../base/vscode/messages/notifications.ts';
import { type EventLogHost, toEventViews } from '../../eventLog/common/protocol.ts';
import { requireConversation } from './conversationController.ts';
import type { ThreadController } from './threadController.ts';
import { ToolOutputs } from './toolOutputs.ts';

interface HandlerOptions {
  readonly services: Services;
  /** Returns the controller of a thread; null when the panel no longer shows that thread. */
  readonly controllerOf: (threadId: string) => ThreadController | null;
  readonly webview: {
    state(previousThreadId: string | undefined): InspectorState;
    pin(): void;
    file(request: ExportViewRequest): unknown;
    sendAgain(on: boolean): void;
    compareWidget(item: ThreadItem): Promise<void>;
  };
}

/**
 * Creates the handlers of a webview's requests. `Rpc` has validated the parameters; requests for a thread that the
 * panel no longer shows are ignored or rejected.
 */
export function createHandlers({ services, controllerOf, webview }: HandlerOptions): RpcHandlers<InspectorHost> {
  const requireController = (threadId: string) => {
    const found = controllerOf(threadId);
    if (found === null) throw new SourceError('cancelled', l10n.t('The panel shows another thread.'));
    return found;
  };
  const requireItem = (threadId: string, itemId: string) => {
    const item = requireController(threadId).item(itemId);
    if (item === undefined) throw new SourceError('notFound', l10n.t('The item is not loaded.'));
    return item;
  };
  return {
    ready: ({ threadId }) => webview.state(threadId),
    load: ({ threadId, what, window }) => controllerOf(threadId)?.load(what, window),
    stopLoading: ({ threadId }) => controllerOf(threadId)?.stopLoading(),
    refresh: ({ threadId }) => controllerOf(threadId)?.refresh(),
    follow: ({ threadId, on }) => controllerOf(threadId)?.follow(on),
    json: ({ threadId, itemId }) => jsonForWebview(requireItem(threadId, itemId).raw),
    image: async ({ threadId, itemId, url }) => {
      const item = requireItem(threadId, itemId);
      const { imagePolicy: policy, thread } = requireController(threadId);
      const limits = { policy, domains: thread?.imageDomains ?? null };
      const { transport } = services.connections;
      return { dataUrl: await imageOfItem(transport, item, url, limits, AbortSignal.timeout(60_000)) };
    },
    copy: async ({ threadId, itemId, as }) => {
      if (as === 'curl')
        return void (await runCommand('chatkit.copyCurl', { ...requireController(threadId).target.ref, itemId }));
      await vscode.env.clipboard.writeText(itemAs(requireItem(threadId, itemId), as));
    },
    copyText: async ({ text }) => vscode.env.clipboard.writeText(text),
    openItem: ({ threadId, itemId, as }) => openItem({ ...requireController(threadId).target.ref, itemId }, as),
    openWidget: ({ threadId, itemId, path }) => openWidget({ ...requireController(threadId).target.ref, itemId }, path),
    openLink: ({ url }) => openLink(url, editorLinks),
    openLocation: (location) => openLocation(location),
    runAction: async ({ threadId, action }) => {
      const { ref } = requireController(threadId).target;
      if (action === 'pin') return webview.pin();
      if (action === 'showLog') return void (await runCommand('chatkit.showLog'));
      if (action === 'showProtocolProblems') {
        return void (await runCommand('chatkit.showProtocolProblems', { connectionId: ref.connectionId }));
      }
      await runCommand(commandOfAction[action], ref);
    },
    resolveProblem: async ({ threadId, place }) => {
      await controllerOf(threadId)?.resolveProblem(place);
    },
    ...createConversationHandlers({
      services,
      controllerOf,
      requireController,
      requireItem,
      sendAgain: webview.sendAgain,
      compareWidget: webview.compareWidget,
    }),
    ...createEventLogHandlers(requireController),
    export: async (request) => {
      await webview.file(request);
    },
  };
}

/** The commands of a webview's actions on its thread. */
const commandOfAction = {
  openJson: 'chatkit.openJson',
  openTranscript: 'chatkit.openTranscript',
  copyId: 'chatkit.copyId',
  copyLink: 'chatkit.copyLink',
  copyCurl: 'chatkit.copyCurl',
  makeTest: 'chatkit.makeTest',
  sendAction: 'chatkit.sendAction',
  runAgain: 'chatkit.runAgain',
  export: 'chatkit.exportThread',
  selectForCompare: 'chatkit.selectForCompare',
  compareWithSelected: 'chatkit.compareWithSelected',
  rename: 'chatkit.renameThread',
  delete: 'chatkit.deleteThread',
} as const;

/** Handles requests about the event log. */
function createEventLogHandlers(requireController: (threadId: string) => ThreadController): RpcHandlers<EventLogHost> {
  return {
    events: ({ threadId, responseId, from }) =>
      toEventViews(requireController(threadId).log.response(responseId), from),
    eventJson: ({ threadId, responseId, index }) => {
      const raw = requireController(threadId).log.response(responseId).events[index]?.raw;
      if (raw === undefined)
        throw new SourceError('notFound', l10n.t('The JSON of this event is no longer available.'), {
          nextStep: 'none',
        });
      return jsonForWebview(raw);
    },
    requests: ({ threadId, scope }) => requireController(threadId).log.requests(scope).map(toRequestView),
    requestBody: ({ threadId, requestId }) => bodyOf(requireController(threadId).log.request(requestId)),
    copyRequest: async ({ threadId, requestId }) => {
      const command = requestAsCurl(requireController(threadId).log.request(requestId));
      await vscode.env.clipboard.writeText(command);
      showStatus(l10n.t('Copied as cURL'), 3000);
    },
    saveResponse: async ({ threadId, responseId }) => {
      await runCommand('chatkit.saveStream', { ...requireController(threadId).target.ref, responseId });
    },
    replay: ({ threadId, to }) => requireController(threadId).log.log?.replay?.control(to),
  };
}

/** Opens an item's JSON or text in a read-only editor. */
export async function openItem(ref: ItemRef, as: 'json' | 'text'): Promise<void> {
  if (as === 'json') {
    await runCommand('chatkit.openJson', ref);
    return;
  }
  const uri = vscode.Uri.from({ scheme: documentScheme, path: documentPath({ ...ref, form: 'txt' }) });
  await vscode.window.showTextDocument(uri, { preview: true });
}

/**
 * Opens the widget of an item to the side, in a read-only editor with the widget schema, and selects the value at a JSON
 * pointer.
 */
async function openWidget({ connectionId, threadId, itemId }: ItemRef, path: string): Promise<void> {
  const uri = vscode.Uri.from({
    scheme: documentScheme,
    path: documentPath({ connectionId, threadId, itemId, form: 'widget' }),
  });
  const document = await vscode.workspace.openTextDocument(uri);
  const { offset, length } = new JsonPositions(document.getText()).rangeOf(path);
  const selection =
    path === ''
      ? new vscode.Range(0, 0, 0, 0)
      : new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true, selection });
}

/** Returns an item in the format to copy. */
function itemAs(item: ThreadItem, form: 'json' | 'text' | 'markdown' | 'id'): string {
  switch (form) {
    case 'id':
      return item.id;
    case 'json':
      return exactJson(item.raw, 2);
    case 'text':
      return itemText(item);
    case 'markdown':
      return itemMarkdown(item);
  }
}

interface ConversationHandlerOptions {
  readonly services: Services;
  /** Returns null when the panel no longer shows the thread. */
  readonly controllerOf: (threadId: string) => ThreadController | null;
  /** Throws `SourceError` `cancelled` when the panel no longer shows the thread. */
  readonly requireController: (threadId: string) => ThreadController;
  /** Throws `SourceError` `notFound` when the item is not loaded. */
  readonly requireItem: (threadId: string, itemId: string) => ThreadItem;
  /** Shows the latest change of a widget. */
  readonly compareWidget: (item: ThreadItem) => Promise<void>;
  /** See `SendAgain.toggle`. */
  readonly sendAgain: (on: boolean) => void;
}

type Methods = keyof ConversationHost | 'feedback' | 'widgetAction';

/**
 * Handles a webview's requests that send something to the server. A stream that fails is reported by its conversation.
 */
export function createConversationHandlers(
  options: ConversationHandlerOptions,
): Pick<RpcHandlers<InspectorHost>, Methods> {
  const { controllerOf, requireController, requireItem, sendAgain, compareWidget } = options;
  const conversationOf = (threadId: string) => requireConversation(controllerOf(threadId)?.conversation);

  return {
    ...createAnswerHandlers(options),
    sendMessage: ({ threadId, text, quote, mentions }) => conversationOf(threadId).sendMessage(text, quote, mentions),
    transcribe: async ({ threadId, recording }) => ({ text: await conversationOf(threadId).transcribe(recording) }),
    // The webview does not offer this if the server does not allow it.
    stop: ({ threadId }) => void conversationOf(threadId).conversation.stopForUser(),
    retry: ({ threadId }) => conversationOf(threadId).retry(),
    resolveConversationError: async ({ threadId }) => {
      await conversationOf(threadId).resolveError();
    },
    retryFrom: async ({ threadId, itemId }) => {
      const ref = controllerOf(threadId)?.target.ref;
      if (ref !== undefined) await runCommand('chatkit.retryFromHere', { ...ref, itemId });
    },
    sendAgain: ({ threadId, on }) => {
      if (controllerOf(threadId)?.conversation != null) sendAgain(on);
    },
    compareWidget: ({ threadId, itemId }) => compareWidget(requireItem(threadId, itemId)),
    forkFrom: async ({ threadId, itemId }) => {
      const { ref } = requireController(threadId).target;
      await runCommand('chatkit.forkFromHere', { ...ref, itemId: wireId(requireItem(threadId, itemId)) });
    },
    dismiss: ({ threadId }) => conversationOf(threadId).conversation.dismiss(),
    draft: ({ threadId, text, quote }) => conversationOf(threadId).conversation.draft.write(text, quote),
    messageHistory: ({ threadId }) => ({ texts: messageTexts(requireController(threadId).target.store, threadId) }),
    attach: ({ threadId }) => conversationOf(threadId).attach(),
    detach: ({ threadId, key }) => conversationOf(threadId).detach(key),
    options: ({ threadId, model, tool }) => conversationOf(threadId).setOptions(model, tool),
    feedback: async ({ threadId, itemId, kind }) => {
      const target = { ...requireController(threadId).target.ref, itemId, kind };
      return { sent: (await runCommand('chatkit.sendFeedback', target)) === true };
    },
  };
}

type AnswerMethods = 'lastOutput' | 'answerTool' | 'answerForm' | 'widgetAction';

/** Handles requests that answer an item of the thread: a tool call, a form or a widget. */
function createAnswerHandlers({
  services,
  requireController,
  requireItem,
}: ConversationHandlerOptions): Pick<RpcHandlers<InspectorHost>, AnswerMethods> {
  const outputs = new ToolOutputs(services.context.globalState);
  const sendCommand = (threadId: string, command: StreamCommand): ResponseStream =>
    requireConversation(requireController(threadId).conversation).conversation.sendCommand(command);
  const complete = async (threadId: string, command: StreamCommand): Promise<{ sent: boolean }> => {
    const { store } = requireController(threadId).target;
    const response = sendCommand(threadId, command);
    await Promise.race([response.ended, firstEvent(response)]);
    if (response.end?.reason === 'failed' && response.eventCount === 0) return { sent: false };
    // Best effort and not awaited: following or a refresh shows the change too.
    store.pollNewer(threadId, recheckedItems, AbortSignal.timeout(60_000)).catch(() => undefined);
    return { sent: true };
  };

  return {
    lastOutput: ({ threadId, tool }) => ({
      json: outputs.last(requireController(threadId).target.ref.connectionId, tool),
    }),
    answerTool: async ({ threadId, itemId, json }) => {
      const item = requireItem(threadId, itemId);
      const { connectionId } = requireController(threadId).target.ref;
      const result = await complete(threadId, { type: 'addToolOutput', threadId, result: JSON.parse(json) as Json });
      if (result.sent && item.kind === 'client_tool_call') await outputs.remember(connectionId, item.name, json);
      return result;
    },
    answerForm: async ({ threadId, itemId, status, answers }) => {
      const item = requireItem(threadId, itemId);
      return complete(threadId, { type: 'answerForm', threadId, itemId: wireId(item), status, answers });
    },
    widgetAction: async ({ threadId, itemId, type, payload, streaming }) => {
      const action = { threadId, itemId: wireId(requireItem(threadId, itemId)), type, payload: payload as Json };
      if (streaming) {
        await sendCommand(threadId, { type: 'customAction', action }).ended;
        return;
      }
      const { store, ref, connection } = requireController(threadId).target;
      try {
        const { conversation: api } = services.connections.source(ref.connectionId);
        const item = await api?.syncAction(action, AbortSignal.timeout(syncActionTimeoutMs));
        if (item) store.putItem(threadId, item);
      } catch (thrown) {
        const error = toSourceError(thrown);
        const { message } = presentError(error, connection === undefined ? {} : { connection });
        services.log.error(message, error);
        throw new RpcError({ kind: error.kind, message: `${message} ${serverMessage(error)}`.trim() });
      }
    },
  };
}

/** Maximum number of messages in the history, and maximum length of one, in characters. */
const maxHistory = 50;
const maxHistoryText = 20_000;

/** Texts of the loaded user messages, newest first, each once. */
function messageTexts(store: ThreadStore, threadId: string): readonly string[] {
  const items = itemsIn(store.items(threadId));
  const texts = items.flatMap((item) => (item.kind === 'user_message' ? userText(item) : []));
  const fitting = texts.filter((text) => text !== '' && text.length <= maxHistoryText);
  return [...new Set(fitting.toReversed())].slice(0, maxHistory);
}

async function firstEvent(response: ResponseStream): Promise<void> {
  if (response.eventCount === 0) await new Promise<void>((resolve) => void response.onDidReceive(() => resolve()));
}
