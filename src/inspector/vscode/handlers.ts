import * as vscode from 'vscode';
import { SourceError } from '../../chatkit/common/errors.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import type { ExportViewRequest } from '../../export/common/exportRequests.ts';
import type { InspectorHost, InspectorState } from '../common/protocol.ts';
import type { RpcHandlers } from '../../base/common/rpc.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { createActHandlers } from './actionHandlers.ts';
import { itemAs } from './copyItem.ts';
import { editorLinks } from '../../chatkit/vscode/editorLinks.ts';
import { imageOfItem } from '../../widgets/vscode/images.ts';
import { jsonForPage } from './itemJson.ts';
import { openLink } from '../../base/vscode/webview/links.ts';
import { openItem } from './openItem.ts';
import { openWidget } from './openWidget.ts';
import type { ThreadController } from './threadController.ts';
import { createLogHandlers } from './eventLog/handlers.ts';
import { createConversationHandlers } from './conversationHandlers.ts';

export interface HandlerParts {
  readonly services: Services;
  /** The session of this thread; null when the panel shows another by now, or none. */
  readonly session: (threadId: string) => ThreadController | null;
  readonly page: {
    state(shownBefore: string | undefined): InspectorState;
    pin(): void;
    file(request: ExportViewRequest): unknown;
  };
}

/** What a page may ask. Its parameters were parsed; a thread that the panel no longer shows is passed over. */
export function createHandlers({ services, session, page }: HandlerParts): RpcHandlers<InspectorHost> {
  const need = (threadId: string) => {
    const found = session(threadId);
    if (found === null) throw new SourceError('cancelled', 'The panel shows another thread.');
    return found;
  };
  const needItem = (threadId: string, itemId: string) => {
    const item = need(threadId).item(itemId);
    if (item === undefined) throw new SourceError('notFound', 'The item is not loaded.');
    return item;
  };
  return {
    ...createActHandlers({ services, need, needItem }),
    ready: ({ threadId }) => page.state(threadId),
    load: ({ threadId, what, window }) => session(threadId)?.load(what, window),
    stopLoading: ({ threadId }) => session(threadId)?.stopLoading(),
    refresh: ({ threadId }) => session(threadId)?.refresh(),
    follow: ({ threadId, on }) => session(threadId)?.follow(on),
    json: ({ threadId, itemId }) => jsonForPage(needItem(threadId, itemId).raw),
    image: async ({ threadId, itemId, url }) => {
      const item = needItem(threadId, itemId);
      const { imagePolicy: policy, thread } = need(threadId);
      const limits = { policy, domains: thread?.imageDomains ?? null };
      const { transport } = services.connections;
      return { dataUrl: await imageOfItem(transport, item, url, limits, AbortSignal.timeout(60_000)) };
    },
    copy: async ({ threadId, itemId, as }) => {
      if (as === 'curl') return void (await runCommand('chatkit.copyCurl', { ...need(threadId).target.ref, itemId }));
      await vscode.env.clipboard.writeText(itemAs(needItem(threadId, itemId), as));
    },
    copyText: async ({ text }) => vscode.env.clipboard.writeText(text),
    openItem: ({ threadId, itemId, as }) => openItem({ ...need(threadId).target.ref, itemId }, as),
    openWidget: ({ threadId, itemId, path }) => openWidget({ ...need(threadId).target.ref, itemId }, path),
    openLink: ({ url }) => openLink(url, editorLinks),
    runAction: async ({ threadId, action }) => {
      const { ref } = need(threadId).target;
      switch (action) {
        case 'pin':
          return page.pin();
        case 'showLog':
          return void (await runCommand('chatkit.showLog'));
        case 'openJson':
          return void (await runCommand('chatkit.openJson', ref));
        case 'openTranscript':
          return void (await runCommand('chatkit.openTranscript', ref));
        case 'copyId':
          return void (await runCommand('chatkit.copyId', ref));
        case 'copyCurl':
          return void (await runCommand('chatkit.copyCurl', ref));
        case 'copyLink':
          return void (await runCommand('chatkit.copyLink', ref));
        case 'rename':
          return void (await runCommand('chatkit.renameThread', ref));
        case 'delete':
          return void (await runCommand('chatkit.deleteThread', ref));
      }
    },
    resolveProblem: async ({ threadId, place }) => {
      await session(threadId)?.cure(place);
    },
    ...createConversationHandlers(session),
    ...createLogHandlers(need),
    export: async (request) => {
      await page.file(request);
    },
  };
}
