import { matchesWords } from '../../base/common/plainText.ts';
import {
  type KeyboardEvent,
  type MouseEvent,
  createContext,
  use,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import * as l10n from '@vscode/l10n';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RpcClient } from '../../base/common/rpc.ts';
import type { Formats } from '../../base/webview/format.ts';
import { type FindRequests, useFindCommand } from '../../base/webview/useFindRequests.ts';
import type { ExportHost } from '../common/exportRequests.ts';
import { type ExportView, type ExportedThread, noThread } from '../common/exportView.ts';
import { Icon, VsButton } from '../../base/webview/controls/buttons.tsx';
import '../../base/webview/header.css';
import './export.css';

/** Maximum number of threads in a list without a search field. */
const maxWithoutSearch = 8;

/** The list of threads in a file, or why the file cannot be shown. */
export function ExportThreads({ file }: { readonly file: ExportView }) {
  const { host, formats, findRequests } = useExportContext();
  const [query, setQuery] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // *Find* searches the threads here.
  useFindCommand(field, findRequests);
  const matches = useMemo(() => search(file, query), [file, query]);
  const facts = [
    file.connectionName,
    file.exportedAt === null ? null : l10n.t('exported {0}', formats.dateTime(file.exportedAt)),
    file.redacted ? l10n.t('redacted') : null,
    file.count === 1 ? l10n.t('1 thread') : l10n.t('{0} threads', formats.number(file.count)),
  ].filter((fact) => fact !== null);
  const focusList = () => document.querySelector<HTMLElement>('.export-list')?.focus();
  return (
    <main className="inspector" aria-label={file.name}>
      <div className="top">
        <header className="header">
          <h1>{file.name}</h1>
          {file.error === null && (
            <ul className="facts-line">
              {facts.map((fact) => (
                <li key={fact}>{fact}</li>
              ))}
              <li>
                <Icon name="lock" /> {l10n.t('read-only')}
              </li>
            </ul>
          )}
        </header>
        {file.threads.length > maxWithoutSearch && (
          <div className="toolbar export-search" role="search">
            <input
              ref={field}
              type="text"
              placeholder={l10n.t('Search threads by title, user or ID')}
              aria-label={l10n.t('Search threads by title, user or ID')}
              spellCheck={false}
              value={query}
              onChange={({ target }) => setQuery(target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setQuery('');
                else if (event.key === 'ArrowDown' || event.key === 'Enter') focusList();
                else return;
                event.preventDefault();
              }}
            />
            {query !== '' && (
              <span className="quiet" role="status">
                {l10n.t('{0} of {1} threads', formats.number(matches.length), formats.number(file.count))}
              </span>
            )}
          </div>
        )}
        <ExportProblems file={file} />
      </div>
      {file.error !== null ? (
        <div className="export-error" role="alert">
          <Icon name="error" />
          <p>{file.error}</p>
          <p className="quiet">{l10n.t('The file was not changed. You can open it as text.')}</p>
          <ReopenAsText look="primary" />
        </div>
      ) : matches.length === 0 ? (
        <p className="empty">{query === '' ? l10n.t('This file contains no threads.') : l10n.t('No results')}</p>
      ) : (
        <ThreadList
          threads={matches}
          onChoose={(threadId) => host.notify('export', { do: 'choose', threadId })}
          key={query}
        />
      )}
    </main>
  );
}

/** The button that returns from a thread to the list. */
export function BackToThreads({ file }: { readonly file: ExportView }) {
  const { host } = useExportContext();
  if (file.count < 2) return null;
  const label = l10n.t('Show all {0} threads in the file', file.count);
  return (
    <button
      type="button"
      className="icon-button back"
      title={label}
      aria-label={label}
      onClick={() => host.notify('export', { do: 'choose', threadId: noThread })}
    >
      <Icon name="arrow-left" />
    </button>
  );
}

function search({ threads }: ExportView, query: string): ExportView['threads'] {
  if (query.trim() === '') return threads;
  return threads.filter(({ id, label, user }) => matchesWords(query, [label, user, id]));
}

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
function ThreadList({ threads, onChoose }: Props) {
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

/** The parts of the file that could not be read, with a button that opens the text. */
export function ExportProblems({ file }: { readonly file: ExportView }) {
  const [open, setOpen] = useState(false);
  if (file.problems.length === 0) return null;
  return (
    <div className="banner warning" role="alert">
      <Icon name="warning" />
      <div>
        <p>{l10n.t('Some parts of this file could not be read. The other parts are shown.')}</p>
        {open && (
          <ul className="problem-detail">
            {file.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
      </div>
      <span className="banner-actions">
        <VsButton look="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? l10n.t('Hide Details') : l10n.t('Show Details')}
        </VsButton>
        <ReopenAsText look="link" />
      </span>
    </div>
  );
}

function ReopenAsText({ look }: { readonly look: 'primary' | 'link' }) {
  const { host } = useExportContext();
  return (
    <VsButton look={look} onClick={() => host.notify('export', { do: 'reopenAsText' })}>
      {l10n.t('Reopen as Text')}
    </VsButton>
  );
}

/** What the components of an export use of the webview that contains them. */
export interface ExportContextValue {
  readonly host: RpcClient<ExportHost>;
  readonly formats: Formats;
  readonly findRequests: FindRequests;
}

export const ExportContext = createContext<ExportContextValue | null>(null);

function useExportContext(): ExportContextValue {
  const value = use(ExportContext);
  if (value === null) throw new Error('Used outside of an export.');
  return value;
}
