import { type ReactNode, useMemo, useSyncExternalStore } from 'react';
import * as l10n from '@vscode/l10n';
import { Emitter } from '../../base/common/events.ts';
import { noThread } from '../../export/common/exportView.ts';
import { ConversationContext, type ConversationContextValue } from '../../conversation/webview/context.ts';
import { EventLogContext, type EventLogContextValue } from '../../eventLog/webview/context.ts';
import { ExportContext, type ExportContextValue, ExportThreads } from '../../export/webview/ExportThreads.tsx';
import { ErrorActionsContext } from '../../base/webview/controls/ErrorText.tsx';
import { Formats } from '../../base/webview/format.ts';
import type { InspectorHost } from '../common/protocol.ts';
import '../../base/webview/page.css';
import { type HostLink, type Inspector, InspectorContext, useInspector, useViewState } from './state/context.tsx';
import { InspectorMain } from './InspectorMain.tsx';
import type { InspectorModel } from './state/model.ts';
import { WebviewMemory } from './state/webviewMemory.ts';

interface Props {
  readonly model: InspectorModel;
  readonly host: HostLink;
}

/** Renders nothing until the host has responded: an empty page for some milliseconds distracts less than a skeleton. */
export function App({ model, host }: Props) {
  const viewState = useSyncExternalStore(model.subscribe, model.getViewState);
  const connectionId = viewState?.ref.connectionId;
  const threadId = viewState?.ref.threadId;
  const locale = viewState?.locale;

  const inspector = useMemo((): Inspector | null => {
    if (connectionId === undefined || threadId === undefined) return null;
    const memory = new WebviewMemory({ connectionId, threadId });
    return { model, host, memory, formats: new Formats(locale ?? 'en'), threadId, announce };
  }, [model, host, connectionId, threadId, locale]);

  const errorActions = useMemo(
    () => ({
      open: (location: Parameters<InspectorHost['openLocation']>[0]) => host.notify('openLocation', location),
      copy: (text: string) => {
        host.notify('copyText', { text });
        announce(l10n.t('Copied.'));
      },
    }),
    [host],
  );

  if (inspector === null) return null;
  return (
    <InspectorContext value={inspector}>
      <ErrorActionsContext value={errorActions}>
        <ComponentContexts>
          {/* The key resets all state when another thread is shown. */}
          {viewState?.file !== undefined && threadId === noThread ? (
            <ExportThreads file={viewState.file} />
          ) : (
            <InspectorMain key={model.threadNumber} />
          )}
        </ComponentContexts>
      </ErrorActionsContext>
      <LiveStatus />
    </InspectorContext>
  );
}

/** Provides the contexts that the conversation, event log and export components require. */
function ComponentContexts({ children }: { readonly children: ReactNode }) {
  const { model, host, formats, threadId } = useInspector();
  const { thread, capabilities, isNew } = useViewState();
  const status = thread?.status;
  const conversation = useMemo(
    (): ConversationContextValue => ({
      host: host.as(),
      threadId,
      isNew,
      status,
      capabilities,
      announce,
      drafts: model.drafts,
    }),
    [model, host, threadId, isNew, status, capabilities],
  );
  const eventLog = useMemo(
    (): EventLogContextValue => ({ host: host.as(), threadId, formats, log: model.log, findRequests: model }),
    [model, host, formats, threadId],
  );
  const exported = useMemo(
    (): ExportContextValue => ({ host: host.as(), formats, findRequests: model }),
    [model, host, formats],
  );
  return (
    <ConversationContext value={conversation}>
      <EventLogContext value={eventLog}>
        <ExportContext value={exported}>{children}</ExportContext>
      </EventLogContext>
    </ConversationContext>
  );
}

const announced = new Emitter<void>();
/** A new object for each announcement: the same text can be announced twice. */
let message = { text: '', serial: 0 };

/** Announces a message to screen readers (`aria-live="polite"`). */
function announce(text: string): void {
  message = { text, serial: message.serial + 1 };
  announced.fire();
}

/** The only live region of the page. */
function LiveStatus() {
  const { text, serial } = useSyncExternalStore(announced.on, () => message);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      <span key={serial}>{text}</span>
    </div>
  );
}
