import * as l10n from '@vscode/l10n';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ItemKind } from '../../chatkit/common/model/item.ts';
import { TabList, tabPanel } from '../../base/webview/controls/Tabs.tsx';
import { EventLog, useShownResponse } from '../../eventLog/webview/EventLog.tsx';
import { ReplayBar } from '../../eventLog/webview/ReplayBar.tsx';
import { NetworkLog } from '../../eventLog/webview/NetworkLog.tsx';
import { useEventLog, useLogView } from '../../eventLog/webview/context.ts';
import { ExportProblems } from '../../export/webview/ExportThreads.tsx';
import { ConversationBar } from '../../conversation/webview/ConversationBar.tsx';
import { useHeight } from '../../base/webview/useHeight.ts';
import { FindQueryContext, useInspector, useTranscript, useViewState } from './state/context.tsx';
import { useFind } from './find/useFind.ts';
import { Header } from './Header.tsx';
import { Problems, ThreadNotice } from './Problems.tsx';
import { Toolbar } from './Toolbar.tsx';
import { Transcript, type TranscriptHandle } from './Transcript.tsx';
import { visibleItems } from './state/transcript.ts';

/** One thread: header, toolbar, transcript, and the state that they share. */
export function InspectorMain() {
  const { memory, threadId, formats, model } = useInspector();
  const { thread, preview, follow, activity, isNew, conversation, file } = useViewState();
  const loading = activity.loading.length > 0;
  const transcript = useTranscript();
  const handle = useRef<TranscriptHandle>(null);
  const [hidden, setHidden] = useState<ReadonlySet<ItemKind>>(() => new Set(memory.state.hidden as ItemKind[]));
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
          <EventLog hasItem={(itemId) => transcript.byId.has(itemId)} onShowItem={(itemId) => model.showItem(itemId)} />
        )}
      </div>
      {conversation && !activity.deleted && (
        <ConversationBar ref={bottom} conversation={conversation} onSent={() => handle.current?.jump('latest')} />
      )}
    </main>
  );
}
