import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'react';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { useInspector } from '../state/context.tsx';
import type { NumberedSource } from './footnotesOf.ts';
import { SourceEntry, sourceTooltip } from './SourceEntry.tsx';

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
