import * as l10n from '@vscode/l10n';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ItemKind } from '../../chatkit/common/model/item.ts';
import { TabList, tabPanel } from '../../base/webview/controls/Tabs.tsx';
import { EventLog, useShownResponse } from '../../eventLog/webview/EventLog.tsx';
import { ReplayBar } from '../../eventLog/webview/ReplayBar.tsx';
import { useLogView } from '../../eventLog/webview/useEventLog.ts';
import { FindQueryContext, useInspector, useViewState, useTranscript } from './context.tsx';
import { useFind } from './find/useFind.ts';
import { FileProblems } from '../../export/webview/FileProblems.tsx';
import { ConversationBar } from '../../conversation/webview/ConversationBar.tsx';
import { Header } from './Header.tsx';
import { Problems } from './Problems.tsx';
import { ThreadNotice } from './ThreadNotice.tsx';
import { Toolbar } from './Toolbar.tsx';
import { Transcript, type TranscriptHandle } from './Transcript.tsx';
import { useHeight } from '../../base/webview/useHeight.ts';
import { visibleOf } from './visible.ts';

/** One thread: header, toolbar, transcript, and the state that they share. */
export function InspectorMain() {
  const { memory, threadId, formats, model } = useInspector();
  const { thread, preview, follow, activity, isNew, conversation: talk, file } = useViewState();
  const loading = activity.loading.length > 0;
  const transcript = useTranscript();
  const handle = useRef<TranscriptHandle>(null);
  const [hidden, setHidden] = useState<ReadonlySet<ItemKind>>(() => new Set(memory.state.hidden as ItemKind[]));
  const visible = visibleOf(transcript, hidden);
  const find = useFind(transcript, visible, (position) => handle.current?.show(position));

  const prefix = useId();
  const run = useShownResponse();
  const { panel: wanted } = useLogView();
  const panel = run === undefined ? 'transcript' : wanted;

  // What stands above the transcript may grow by a line; what is being read stays where it is on the screen.
  const [top, topHeight] = useHeight();
  const lastHeight = useRef(0);
  useLayoutEffect(() => {
    if (lastHeight.current > 0) handle.current?.shift(topHeight - lastHeight.current);
    lastHeight.current = topHeight;
  }, [topHeight]);

  // What stands below it may grow too: whoever reads the end goes on reading the end.
  const [foot, footHeight] = useHeight();
  useLayoutEffect(() => handle.current?.keepEnd(), [footHeight]);

  const following = follow.mode !== 'off';
  useEffect(() => memory.remember({ preview, follow: following }), [memory, preview, following]);

  const inFront = useRef(memory.state.log === true);
  useEffect(() => {
    if (inFront.current) model.log.show({ panel: 'log' });
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
        {run && (
          <TabList
            label={l10n.t('Views of the thread')}
            tabs={[
              { id: 'transcript', label: l10n.t('Transcript') },
              { id: 'log', label: l10n.t('Event log ({0})', formats.number(run.count)) },
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
        {file && <FileProblems file={file} />}
        <Problems />
        {loading && <div className="progress" />}
      </div>
      <div className="panel" {...(run ? tabPanel(prefix, panel) : {})}>
        {panel === 'transcript' ? (
          <FindQueryContext value={find.query}>
            <Transcript ref={handle} visible={visible} find={find} filtered={hidden.size > 0} />
          </FindQueryContext>
        ) : (
          <EventLog hasItem={(itemId) => transcript.byId.has(itemId)} onShowItem={(itemId) => model.showItem(itemId)} />
        )}
      </div>
      {talk && !activity.deleted && (
        <ConversationBar ref={foot} conversation={talk} onSent={() => handle.current?.jump('latest')} />
      )}
    </main>
  );
}
