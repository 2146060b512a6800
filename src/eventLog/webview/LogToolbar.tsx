import * as l10n from '@vscode/l10n';
import { type KeyboardEvent, useRef } from 'react';
import type { ResponseView } from '../common/protocol.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { MenuButton } from '../../base/webview/controls/MenuButton.tsx';
import { useFindRequests } from '../../base/webview/useFindRequests.ts';
import { useEventLog, useEventLogContext, useLogView } from './context.ts';

interface Props {
  readonly response: ResponseView;
  /** Number of events that match the filter. */
  readonly passing: number;
  /** Moves the focus to the events. */
  readonly onLeave: () => void;
}

/** Selects a response, filters its events and saves the log. */
export function LogToolbar({ response, passing, onLeave }: Props) {
  const { host, formats, threadId, log } = useEventLogContext();
  const { replay } = useEventLog();
  const { itemId, text: words } = useLogView();
  const isFiltered = words.trim() !== '' || itemId !== null;
  return (
    <div className="toolbar log-toolbar">
      <ResponseMenu response={response} />
      <FilterField onLeave={onLeave} />
      {isFiltered && (
        <span className="quiet" role="status">
          {l10n.t('{0} of {1} events', formats.number(passing), formats.number(response.count))}
        </span>
      )}
      {itemId !== null && (
        <span className="item-chip">
          <span className="code">{l10n.t('Item {0}', itemId)}</span>
          <IconButton
            icon="close"
            className="small"
            label={l10n.t('Show events of all items')}
            onClick={() => log.show({ itemId: null })}
          />
        </span>
      )}
      {replay === null && (
        <span className="log-actions">
          <IconButton
            icon="save-as"
            label={l10n.t('Save Event Log…')}
            onClick={() => host.notify('saveResponse', { threadId, responseId: response.id })}
          />
        </span>
      )}
    </div>
  );
}

function ResponseMenu({ response }: { readonly response: ResponseView }) {
  const { formats, log } = useEventLogContext();
  const { responses } = useEventLog();
  if (responses.length < 2) return null;
  const name = ({ startedAt, preview, command }: ResponseView) =>
    [formats.clock(startedAt), preview === '' ? command : preview].join(' ');
  const outcome = outcomeOf(response);
  return (
    <MenuButton
      label={l10n.t('Select a response')}
      className="icon-button kind-filter"
      entries={responses.map((one) => ({
        id: one.id,
        label: `${name(one)} (${outcomeOf(one).text})`,
        note: formats.number(one.count),
        icon: outcomeOf(one).icon,
      }))}
      onChoose={(responseId) =>
        log.show({ responseId: responseId === responses.at(-1)?.id ? null : responseId, itemId: null })
      }
    >
      <Icon name={outcome.icon} />
      <span className="visually-hidden">{outcome.text}</span>
      <span className="response-name">{name(response)}</span>
      <Icon name="chevron-down" />
    </MenuButton>
  );
}

/** How a response ended, as an icon and a word. */
function outcomeOf({ end }: ResponseView): { readonly icon: string; readonly text: string } {
  switch (end?.kind) {
    case undefined:
      return { icon: 'sync', text: l10n.t('in progress') };
    case 'closed':
      return { icon: 'pass', text: l10n.t('complete') };
    case 'stopped':
      return { icon: 'debug-stop', text: l10n.t('stopped') };
    case 'failed':
      return { icon: 'error', text: l10n.t('failed') };
  }
}

/** Escape clears the field, then moves the focus to the events, as Arrow Down does. Ctrl+F focuses it. */
function FilterField({ onLeave }: Pick<Props, 'onLeave'>) {
  const { log, findRequests } = useEventLogContext();
  const { text: words } = useLogView();
  const field = useRef<HTMLInputElement>(null);
  useFindRequests(field, findRequests);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (event.key === 'Escape' && words !== '') log.show({ text: '' });
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
        onChange={(event) => log.show({ text: event.target.value })}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
