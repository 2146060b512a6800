import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'react';
import { Icon } from '../../../base/webview/controls/buttons.tsx';
import type { Source } from '../../../chatkit/common/model/content.ts';
import { useInspector } from '../state/context.tsx';
import { type NumberedSource, sourceTitle } from './footnotesOf.ts';

/** The sources of a message or a task, without duplicates. */
export function Sources({ sources }: { readonly sources: readonly Source[] }) {
  const distinct = [...new Map(sources.map((source) => [keyOf(source), source])).values()];
  return (
    <div className="sources">
      <span className="quiet">{l10n.t('Sources:')}</span>
      <ul>
        {distinct.map((source) => (
          <li key={keyOf(source)} title={sourceTooltip(source)}>
            <SourceEntry source={source} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function keyOf(source: Source): string {
  const location = source.type === 'url' ? source.url : source.type === 'entity' ? source.id : '';
  return `${source.type} ${location} ${sourceTitle(source)}`;
}

interface Props {
  readonly sources: readonly NumberedSource[];
  readonly open: boolean;
  readonly onToggle: () => void;
  /** The selected footnote: its first source gets the focus. A new object for each selection. */
  readonly followed: { readonly number: number } | null;
}

/** All sources of a message with footnotes, collapsed until the reader expands them. */
export function FootnoteSources({ sources, open, onToggle, followed }: Props) {
  const { formats } = useInspector();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (followed !== null) list.current?.querySelector<HTMLElement>(`[data-source-of="${followed.number}"]`)?.focus();
  }, [followed]);
  return (
    <div className="footnote-sources">
      <button type="button" className="disclosure" aria-expanded={open} onClick={onToggle}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <span>{l10n.t('Sources ({0})', formats.number(sources.length))}</span>
      </button>
      {open && (
        <ul ref={list}>
          {sources.map(({ source, footnote }, index) => (
            <li
              key={index}
              title={sourceTooltip(source)}
              tabIndex={-1}
              {...(footnote === null ? {} : { 'data-source-of': footnote })}
            >
              <span className="footnote-number">{footnote ?? ''}</span>
              <SourceEntry source={source} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const icons: Record<Source['type'], string> = { url: 'link', file: 'file', entity: 'tag', unknown: 'question' };

/** The title of a source, as a link if it can be opened. */
function SourceEntry({ source }: { readonly source: Source }) {
  const title = sourceTitle(source);
  const label = source.type === 'entity' && source.label !== null && source.label !== title ? source.label : null;
  return (
    <>
      <Icon name={icons[source.type]} />
      {source.type === 'url' && /^https:\/\//i.test(source.url) ? (
        <a href={source.url}>{title}</a>
      ) : (
        <span>{title}</span>
      )}
      {label !== null && <span className="quiet">{label}</span>}
    </>
  );
}

/** Returns further details of a source, for a tooltip. */
function sourceTooltip(source: Source): string {
  const location = source.type === 'url' ? source.url : source.type === 'file' ? source.filename : '';
  return [location, source.description, source.timestamp].filter(Boolean).join('\n');
}
