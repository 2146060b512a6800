import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ItemKind } from '../../domain/model/item.ts';
import { useInspector, useShell, useTranscript } from './context.tsx';
import { useFind } from './find/useFind.ts';
import { TalkBar } from '../talk/TalkBar.tsx';
import { Header } from './Header.tsx';
import { Problems } from './Problems.tsx';
import { Toolbar } from './Toolbar.tsx';
import { Transcript, type TranscriptHandle } from './Transcript.tsx';
import { useHeight } from './useHeight.ts';
import { visibleIndices } from './visible.ts';

/** One thread: header, toolbar, transcript, and the state that they share. */
export function InspectorMain() {
  const { memory, strings, threadId } = useInspector();
  const { thread, preview, follow, activity, isNew, talk } = useShell();
  const loading = activity.loading.length > 0;
  const transcript = useTranscript();
  const handle = useRef<TranscriptHandle>(null);
  const [hidden, setHidden] = useState<ReadonlySet<ItemKind>>(() => new Set(memory.state.hidden as ItemKind[]));
  const visible = useMemo(() => visibleIndices(transcript.items, hidden), [transcript, hidden]);
  const find = useFind(transcript, visible, (position) => handle.current?.show(position));

  // What stands above the transcript may grow by a line; what is being read stays where it is on the screen.
  const [top, topHeight] = useHeight();
  const lastHeight = useRef(0);
  useLayoutEffect(() => {
    if (lastHeight.current > 0) handle.current?.shift(topHeight - lastHeight.current);
    lastHeight.current = topHeight;
  }, [topHeight]);

  const following = follow.mode !== 'off';
  useEffect(() => memory.remember({ preview, follow: following }), [memory, preview, following]);

  const changeHidden = (next: ReadonlySet<ItemKind>) => {
    setHidden(next);
    memory.remember({ hidden: [...next] });
  };

  return (
    <main
      className="inspector"
      aria-label={isNew ? strings.talk.newThread : (thread?.title ?? thread?.label ?? threadId)}
    >
      <div className="top" ref={top}>
        <Header />
        {!isNew && (
          <Toolbar
            find={find}
            hidden={hidden}
            onHide={changeHidden}
            onJump={(where) => handle.current?.jump(where)}
            onLeave={() => handle.current?.focus()}
          />
        )}
        <Problems />
        {loading && <div className="progress" />}
      </div>
      <Transcript ref={handle} visible={visible} find={find} filtered={hidden.size > 0} />
      {talk && !activity.deleted && <TalkBar talk={talk} onSent={() => handle.current?.jump('latest')} />}
    </main>
  );
}
