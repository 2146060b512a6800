import * as l10n from '@vscode/l10n';
import { useRef, type KeyboardEvent } from 'react';
import type { ResponseView } from '../common/protocol.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { MenuButton } from '../../base/webview/controls/MenuButton.tsx';
import { useEventLogContext } from './context.ts';
import { useFindRequests } from '../../base/webview/useFindRequests.ts';
import { useEventLog, useLogView } from './useEventLog.ts';

interface Props {
  readonly run: ResponseView;
  /** Events that pass the filter. */
  readonly passing: number;
  /** Down to the events. */
  readonly onLeave: () => void;
}

/** Which run, which of its events, and what to do with them. */
export function LogToolbar({ run, passing, onLeave }: Props) {
  const { host, formats, threadId, log } = useEventLogContext();
  const { replay } = useEventLog();
  const { itemId, words } = useLogView();
  const isFiltered = words.trim() !== '' || itemId !== null;
  return (
    <div className="toolbar log-toolbar">
      <ResponseMenu run={run} />
      <FilterField onLeave={onLeave} />
      {isFiltered && (
        <span className="quiet" role="status">
          {l10n.t('{0} of {1} events', formats.number(passing), formats.number(run.count))}
        </span>
      )}
      {itemId !== null && (
        <span className="item-chip">
          <span className="code">{l10n.t('Item {0}', itemId)}</span>
          <IconButton
            icon="close"
            className="small"
            label={l10n.t('Show the events of all items')}
            onClick={() => log.show({ itemId: null })}
          />
        </span>
      )}
      {replay === null && (
        <span className="log-actions">
          <IconButton
            icon="save-as"
            label={l10n.t('Save Event Log…')}
            onClick={() => host.notify('saveResponse', { threadId, runId: run.id })}
          />
        </span>
      )}
    </div>
  );
}

function ResponseMenu({ run }: { readonly run: ResponseView }) {
  const { formats, log } = useEventLogContext();
  const { responses: runs } = useEventLog();
  if (runs.length < 2) return null;
  const name = ({ command, startedAt }: ResponseView, index: number) =>
    l10n.t('{0}. {1}, {2}', index + 1, command, formats.clock(startedAt));
  const at = runs.findIndex(({ id }) => id === run.id);
  return (
    <MenuButton
      label={l10n.t('Which response')}
      className="icon-button kind-filter"
      entries={runs.map((one, index) => ({
        id: one.id,
        label: name(one, index),
        note: formats.number(one.count),
        icon: one.id === run.id ? 'check' : 'blank',
      }))}
      onChoose={(runId) => log.show({ runId: runId === runs.at(-1)?.id ? null : runId, itemId: null })}
    >
      <span>{name(run, at)}</span>
      <Icon name="chevron-down" />
    </MenuButton>
  );
}

/** Escape empties it and then leaves it, as the arrow down does. Ctrl+F comes here. */
function FilterField({ onLeave }: Pick<Props, 'onLeave'>) {
  const { log, findRequests } = useEventLogContext();
  const { words } = useLogView();
  const field = useRef<HTMLInputElement>(null);
  useFindRequests(field, findRequests);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (event.key === 'Escape' && words !== '') log.show({ words: '' });
    else onLeave();
  };
  return (
    <div className="find" role="search">
      <input
        ref={field}
        type="text"
        placeholder={l10n.t('Filter events')}
        aria-label={l10n.t('Filter events')}
        spellCheck={false}
        value={words}
        onChange={(event) => log.show({ words: event.target.value })}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
