import * as l10n from '@vscode/l10n';
import { useRef, type KeyboardEvent } from 'react';
import { IconButton } from '../../../base/webview/controls/IconButton.tsx';
import type { Formats } from '../../../base/webview/format.ts';
import { useInspector, useTranscript } from '../state/context.tsx';
import { isComplete, type Transcript } from '../state/transcript.ts';
import type { Find } from './useFind.ts';
import { useFindRequests } from '../../../base/webview/useFindRequests.ts';

/** Enter moves to the next match, Shift+Enter to the previous one, Escape clears the field and then leaves it. Ctrl+F focuses it. */
export function FindField({ find, onLeave }: { readonly find: Find; readonly onLeave: () => void }) {
  const { formats, model } = useInspector();
  const transcript = useTranscript();
  const field = useRef<HTMLInputElement>(null);
  useFindRequests(field, model);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      find.move(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (find.query === '') onLeave();
      else find.setQuery('');
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      onLeave();
    }
  };

  const { query, matches, current } = find;
  const scope = isComplete(transcript) ? '' : loadedItems(transcript, formats);
  const count =
    matches.total === 0
      ? l10n.t('No results')
      : l10n.t('{0}/{1}', formats.number(current + 1), formats.number(matches.total));
  return (
    <div className="find" role="search">
      <input
        ref={field}
        type="text"
        className={query !== '' && matches.total === 0 ? 'none' : ''}
        placeholder={l10n.t('Find in thread')}
        aria-label={l10n.t('Find in thread')}
        spellCheck={false}
        value={query}
        onChange={(event) => find.setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {query !== '' && (
        <span className="find-count" title={scope}>
          {count}
          {scope !== '' && <span className="find-scope"> {scope}</span>}
        </span>
      )}
      <IconButton
        icon="arrow-up"
        label={l10n.t('Previous Match')}
        disabled={matches.total === 0}
        onClick={() => find.move(-1)}
      />
      <IconButton
        icon="arrow-down"
        label={l10n.t('Next Match')}
        disabled={matches.total === 0}
        onClick={() => find.move(1)}
      />
    </div>
  );
}

/** Returns the scope of a search in a thread that is not loaded completely. */
export function loadedItems({ items }: Transcript, formats: Formats): string {
  return items.length === 1 ? l10n.t('in 1 loaded item') : l10n.t('in {0} loaded items', formats.number(items.length));
}
