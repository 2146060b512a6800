import * as l10n from '@vscode/l10n';
import { useMemo, useRef, useState } from 'react';
import { noThread, type ExportView } from '../common/exportView.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useExportContext } from './context.ts';
import { useFindCommand } from '../../base/webview/useFindRequests.ts';
import { ExportProblems, ReopenAsText } from './ExportProblems.tsx';
import { ThreadList } from './ThreadList.tsx';
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
  const terms = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (terms.length === 0) return threads;
  return threads.filter(({ id, label, user }) => {
    const text = `${label} ${user ?? ''} ${id}`.toLocaleLowerCase();
    return terms.every((term) => text.includes(term));
  });
}
