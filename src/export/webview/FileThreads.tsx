import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { noThread, type FileView } from '../common/fileView.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useInspector } from '../../inspector/webview/context.tsx';
import { fill } from '../../base/webview/format.ts';
import { FileProblems, ReopenAsText } from './FileProblems.tsx';
import { ThreadList } from './ThreadList.tsx';
import '../../inspector/webview/header.css';
import './file.css';

/** Threads that a list may have without a field to search it. */
const surveyable = 8;

/** What a file holds: the list of its threads, or why there is none. */
export function FileThreads({ file }: { readonly file: FileView }) {
  const { model, host, strings, formats } = useInspector();
  const [query, setQuery] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // *Find* looks for a thread here, as it looks for a word in a thread.
  const requests = useSyncExternalStore(model.subscribe, model.getFindRequests);
  const firstRequests = useRef(requests);
  useEffect(() => {
    if (requests === firstRequests.current) return;
    field.current?.focus();
    field.current?.select();
  }, [requests]);
  const found = useMemo(() => search(file, query), [file, query]);
  const facts = [
    file.connectionName,
    file.exportedAt === null ? null : fill(strings.fileExported, formats.dateTime(file.exportedAt)),
    file.redacted ? strings.fileRedacted : null,
    file.count === 1 ? strings.fileOneThread : fill(strings.fileThreads, formats.number(file.count)),
  ].filter((fact) => fact !== null);
  const focusList = () => document.querySelector<HTMLElement>('.file-list')?.focus();
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
                <Icon name="lock" /> {strings.readOnly}
              </li>
            </ul>
          )}
        </header>
        {file.threads.length > surveyable && (
          <div className="toolbar file-search" role="search">
            <input
              ref={field}
              type="text"
              placeholder={strings.fileSearch}
              aria-label={strings.fileSearch}
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
                {fill(strings.fileFound, formats.number(found.length), formats.number(file.count))}
              </span>
            )}
          </div>
        )}
        <FileProblems file={file} />
      </div>
      {file.error !== null ? (
        <div className="file-error" role="alert">
          <Icon name="error" />
          <p>{file.error}</p>
          <p className="quiet">{strings.fileUnchanged}</p>
          <ReopenAsText look="primary" />
        </div>
      ) : found.length === 0 ? (
        <p className="empty">{query === '' ? strings.fileEmpty : strings.findNone}</p>
      ) : (
        <ThreadList
          threads={found}
          onChoose={(threadId) => host.notify('file', { do: 'choose', threadId })}
          key={query}
        />
      )}
    </main>
  );
}

/** Back from a thread to the list it was chosen from. */
export function BackToThreads({ file }: { readonly file: FileView }) {
  const { host, strings } = useInspector();
  if (file.count < 2) return null;
  const label = fill(strings.fileAllThreads, file.count);
  return (
    <button
      type="button"
      className="icon-button back"
      title={label}
      aria-label={label}
      onClick={() => host.notify('file', { do: 'choose', threadId: noThread })}
    >
      <Icon name="arrow-left" />
    </button>
  );
}

function search({ threads }: FileView, query: string): FileView['threads'] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return threads;
  return threads.filter(({ id, label, user }) => {
    const text = `${label} ${user ?? ''} ${id}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
