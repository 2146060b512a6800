import * as l10n from '@vscode/l10n';
import {
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ItemKind } from '../../chatkit/common/model/item.ts';
import { EventLogContext, type EventLogContextValue, useEventLog, useLogView } from '../../eventLog/webview/context.ts';
import { Emitter } from '../../base/common/events.ts';
import { noThread } from '../../export/common/exportView.ts';
import { ConversationContext, type ConversationContextValue } from '../../conversation/webview/context.ts';
import {
  ExportContext,
  type ExportContextValue,
  ExportProblems,
  ExportThreads,
} from '../../export/webview/ExportThreads.tsx';
import { ErrorActionsContext } from '../../base/webview/controls/ErrorText.tsx';
import { Formats } from '../../base/webview/format.ts';
import type { InspectorHost } from '../common/protocol.ts';
import '../../base/webview/page.css';
import { TabList, tabPanel } from '../../base/webview/controls/Tabs.tsx';
import { EventLog, useShownResponse } from '../../eventLog/webview/EventLog.tsx';
import { ReplayBar } from '../../eventLog/webview/ReplayBar.tsx';
import { NetworkLog } from '../../eventLog/webview/NetworkLog.tsx';
import { ConversationBar } from '../../conversation/webview/ConversationBar.tsx';
import { useHeight } from './useRows.ts';
import {
  FindQueryContext,
  type HostLink,
  type Inspector,
  InspectorContext,
  useInspector,
  useTranscript,
  useViewState,
} from './state/context.tsx';
import { useFind } from './FindField.tsx';
import { Header } from './Header.tsx';
import { Problems, ThreadNotice } from './Problems.tsx';
import { Toolbar } from './Toolbar.tsx';
import { Transcript, type TranscriptHandle } from './Transcript.tsx';
import { createVisibleItems } from './state/transcript.ts';
import { type InspectorModel, WebviewMemory } from './state/model.ts';

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

/** One thread: header, toolbar, transcript, and the state that they share. */
function InspectorMain() {
  const { memory, threadId, formats, model } = useInspector();
  const { thread, preview, follow, activity, isNew, conversation, file } = useViewState();
  const loading = activity.loading.length > 0;
  const transcript = useTranscript();
  const handle = useRef<TranscriptHandle>(null);
  const [hidden, setHidden] = useState<ReadonlySet<ItemKind>>(() => new Set(memory.state.hidden as ItemKind[]));
  const [visibleItems] = useState(createVisibleItems);
  const visible = visibleItems(transcript, hidden);
  const find = useFind(transcript, visible, (position) => handle.current?.show(position));

  const prefix = useId();
  const response = useShownResponse();
  const { panel: selectedPanel } = useLogView();
  const hasNetwork = useEventLog().requests !== undefined && !isNew;
  const hasTabs = response !== undefined || hasNetwork;
  const isAvailable = { transcript: true, log: response !== undefined, network: hasNetwork }[selectedPanel];
  const panel = isAvailable ? selectedPanel : 'transcript';

  // The area above the transcript may change its height; the rows keep their position on the screen.
  const [top, topHeight] = useHeight();
  const lastHeight = useRef(0);
  useLayoutEffect(() => {
    if (lastHeight.current > 0) handle.current?.shift(topHeight - lastHeight.current);
    lastHeight.current = topHeight;
  }, [topHeight]);

  // The area below it may change its height too; a transcript that shows the end still shows it afterwards.
  const [bottom, bottomHeight] = useHeight();
  useLayoutEffect(() => handle.current?.keepEnd(), [bottomHeight]);

  const following = follow.mode !== 'off';
  useEffect(() => memory.remember({ preview, follow: following }), [memory, preview, following]);

  const startsWithLog = useRef(memory.state.log === true);
  useEffect(() => {
    if (startsWithLog.current) model.log.show({ panel: 'log' });
  }, [model]);
  useEffect(() => {
    memory.remember({ log: panel === 'log' });
    if (panel === 'log') model.forgetReveal();
  }, [memory, model, panel]);

  const changeHidden = (next: ReadonlySet<ItemKind>) => {
    setHidden(next);
    memory.remember({ hidden: [...next] });
  };

  return (
    <main
      className="inspector"
      aria-label={isNew ? l10n.t('New Thread') : (thread?.title ?? thread?.label ?? threadId)}
    >
      <div className="top" ref={top}>
        <Header />
        <ReplayBar />
        {hasTabs && (
          <TabList
            label={l10n.t('Thread views')}
            tabs={[
              { id: 'transcript', label: l10n.t('Transcript') } as const,
              ...(response
                ? [{ id: 'log', label: l10n.t('Event Log ({0})', formats.number(response.count)) } as const]
                : []),
              ...(hasNetwork ? [{ id: 'network', label: l10n.t('Network') } as const] : []),
            ]}
            selected={panel}
            onSelect={(id) => model.log.show({ panel: id })}
            prefix={prefix}
          />
        )}
        {panel === 'transcript' && !isNew && (
          <Toolbar
            find={find}
            hidden={hidden}
            onHide={changeHidden}
            onJump={(where) => handle.current?.jump(where)}
            onLeave={() => handle.current?.focus()}
          />
        )}
        <ThreadNotice />
        {file && <ExportProblems file={file} />}
        <Problems />
        {loading && <div className="progress" />}
      </div>
      <div className="panel" {...(hasTabs ? tabPanel(prefix, panel) : {})}>
        {panel === 'transcript' ? (
          <FindQueryContext value={find.query}>
            <Transcript ref={handle} visible={visible} find={find} filtered={hidden.size > 0} />
          </FindQueryContext>
        ) : panel === 'network' ? (
          <NetworkLog />
        ) : (
          <EventLog
            hasItem={(itemId) => transcript.byId.has(itemId)}
            onShowItem={(itemId) => model.showItem(itemId, { takesFocus: true })}
          />
        )}
      </div>
      {conversation && !activity.deleted && (
        <ConversationBar ref={bottom} conversation={conversation} onSent={() => handle.current?.jump('latest')} />
      )}
    </main>
  );
}
