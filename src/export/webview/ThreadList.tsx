import * as l10n from '@vscode/l10n';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { ExportedThread } from '../common/exportView.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useExportContext } from './context.ts';

interface Props {
  readonly threads: readonly ExportedThread[];
  readonly onChoose: (threadId: string) => void;
}

/** Height of a row, px. */
const rowHeight = 44;

/**
 * The threads of a file, as a list box. Renders only rows near the viewport. Arrow keys and j/k move, Home, End and the page
 * keys jump, Enter or a click opens.
 */
export function ThreadList({ threads, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const [active, setActive] = useState(0);
  const rows = useVirtualizer({
    count: threads.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  // Takes the focus like a list in the editor, unless the search field has it.
  useLayoutEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) {
      list.current?.focus({ preventScroll: true });
    }
  }, []);

  const goTo = (index: number) => {
    const at = Math.min(Math.max(index, 0), threads.length - 1);
    setActive(at);
    rows.scrollToIndex(at, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / rowHeight) - 1);
    const target = {
      ArrowDown: active + 1,
      j: active + 1,
      ArrowUp: active - 1,
      k: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: threads.length - 1,
    }[event.key];
    const chosen = threads[active];
    if (target !== undefined) goTo(target);
    else if ((event.key === 'Enter' || event.key === ' ') && chosen !== undefined) onChoose(chosen.id);
    else if (event.key === 'Escape') document.querySelector<HTMLElement>('.export-search input')?.focus();
    else return;
    event.preventDefault();
  };

  const onClick = ({ target }: MouseEvent) => {
    const { threadId } = (target as HTMLElement).closest<HTMLElement>('[data-thread-id]')?.dataset ?? {};
    if (threadId !== undefined) onChoose(threadId);
  };

  const rendered = rows.getVirtualItems();
  const isRendered = rendered.some(({ index }) => index === active);
  return (
    <div
      ref={list}
      className="export-list"
      role="listbox"
      aria-label={l10n.t('Threads in the file')}
      aria-activedescendant={isRendered ? `${prefix}${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className="export-list-rows" style={{ height: rows.getTotalSize() }} role="presentation">
        {rendered.map(({ index, start }) => {
          const thread = threads[index];
          return (
            thread && (
              <div
                key={thread.id}
                id={`${prefix}${index}`}
                className={`export-thread ${index === active ? 'active' : ''}`}
                style={{ transform: `translateY(${start}px)`, height: rowHeight }}
                role="option"
                aria-selected={index === active}
                aria-setsize={threads.length}
                aria-posinset={index + 1}
                data-thread-id={thread.id}
              >
                <Icon name="comment-discussion" />
                <span className="export-thread-label">{thread.label}</span>
                <ThreadFacts thread={thread} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function ThreadFacts({ thread: { user, createdAt, items } }: { readonly thread: ExportedThread }) {
  const { formats } = useExportContext();
  const facts = [
    user,
    createdAt === null ? null : formats.dateTime(createdAt),
    items === 1 ? l10n.t('1 item') : l10n.t('{0} items', formats.number(items)),
  ];
  return <span className="export-thread-facts">{facts.filter((fact) => fact !== null).join(' · ')}</span>;
}
