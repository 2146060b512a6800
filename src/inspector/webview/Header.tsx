import * as l10n from '@vscode/l10n';
import { useId, useState } from 'react';
import { Icon, IconButton, VsButton } from '../../base/webview/controls/buttons.tsx';
import { MenuButton, type MenuEntry } from '../../base/webview/controls/MenuButton.tsx';
import { useEventLog } from '../../eventLog/webview/context.ts';
import type { InspectorHost } from '../common/protocol.ts';
import { useNow } from '../../base/webview/useNow.ts';
import { type ThreadStatus, timeNote, uncertainMark } from '../../chatkit/common/model/thread.ts';
import { BackToThreads } from '../../export/webview/ExportThreads.tsx';
import type { PendingAction } from '../../threads/common/summary/waiting.ts';
import '../../base/webview/header.css';
import { useInspector, useTranscript, useViewState, useWaitingUntil } from './state/context.tsx';
import { isComplete, waitingFor } from './state/transcript.ts';

/** The title of the thread, its properties and its actions. */
export function Header() {
  const { host, threadId } = useInspector();
  const { thread, activity, preview, live, isNew, connectionName, file } = useViewState();
  const title = thread?.label ?? threadId;
  // Only low pages, such as those with 200 % zoom, hide the properties until they are requested: see `header.css`.
  const [expanded, setExpanded] = useState(false);
  const factsId = useId();
  if (isNew) {
    return (
      <header className="header">
        <div className="title-row">
          <h1>{l10n.t('New Thread')}</h1>
        </div>
        <p className="facts-line">{connectionName}</p>
      </header>
    );
  }
  return (
    <header className={`header ${expanded ? 'expanded' : ''}`}>
      <div className="title-row">
        {file && <BackToThreads file={file} />}
        <h1 className={`${preview ? 'preview' : ''} ${thread?.title ? '' : 'untitled'}`} title={title}>
          {title}
        </h1>
        <div className="actions">
          <IconButton
            icon={expanded ? 'chevron-up' : 'info'}
            label={expanded ? l10n.t('Hide Properties') : l10n.t('Show Properties')}
            className="facts-toggle"
            aria-expanded={expanded}
            aria-controls={factsId}
            onClick={() => setExpanded(!expanded)}
          />
          {live && (
            <IconButton
              icon="refresh"
              label={l10n.t('Refresh')}
              aria-disabled={activity.deleted}
              onClick={() => !activity.deleted && host.notify('refresh', { threadId })}
            />
          )}
          {live && <FollowButton />}
          <MoreActions />
        </div>
      </div>
      <Facts id={factsId} />
      <Waiting />
    </header>
  );
}

function Facts({ id }: { readonly id: string }) {
  const { host, formats, threadId } = useInspector();
  const { thread, capabilities, connectionName } = useViewState();
  const transcript = useTranscript();
  const { items, bounds } = transcript;
  const count = formats.number(items.length);
  const one = items.length === 1;
  const itemCount = isComplete(transcript)
    ? one
      ? l10n.t('1 item')
      : l10n.t('{0} items', count)
    : one
      ? l10n.t('1 item loaded')
      : l10n.t('{0} items loaded', count);
  return (
    <ul className="facts-line" id={id}>
      {thread && <Status status={thread.status} />}
      {thread?.user != null && (
        <li>
          <Icon name="account" /> {thread.user}
        </li>
      )}
      {thread?.createdAt != null && (
        <li>
          <time
            dateTime={new Date(thread.createdAt).toISOString()}
            title={[formats.full(thread.createdAt), timeNote(thread) ?? []].flat().join('\n')}
          >
            {timeNote(thread) !== null && uncertainMark}
            {formats.dateTime(thread.createdAt)}
          </time>
        </li>
      )}
      <li className="thread-id">
        <span className="code">{threadId}</span>
        <IconButton
          icon="copy"
          label={l10n.t('Copy Thread ID')}
          className="small"
          onClick={() => host.notify('runAction', { threadId, action: 'copyId' })}
        />
      </li>
      {bounds.asOf !== null && <li>{itemCount}</li>}
      {bounds.asOf !== null && (
        <li title={formats.full(bounds.asOf)}>{l10n.t('as of {0}', formats.clock(bounds.asOf))}</li>
      )}
      <li>{connectionName}</li>
      <ProblemCount />
      {capabilities.readOnly && (
        <li>
          <Icon name="lock" /> {l10n.t('read-only')}
        </li>
      )}
    </ul>
  );
}

/** How many rules of the protocol the server violates, as a button that shows them. */
function ProblemCount() {
  const { host, threadId } = useInspector();
  const rules = useViewState().protocolProblems?.rules ?? 0;
  if (rules === 0) return null;
  return (
    <li className="protocol-problems">
      <Icon name="warning" />{' '}
      <VsButton look="link" onClick={() => host.notify('runAction', { threadId, action: 'showProtocolProblems' })}>
        {rules === 1 ? l10n.t('1 protocol problem') : l10n.t('{0} protocol problems', rules)}
      </VsButton>
    </li>
  );
}

function Status({ status }: { readonly status: ThreadStatus }) {
  const icon = { active: 'circle-filled', locked: 'lock', closed: 'archive', unknown: 'question' }[status.type];
  return (
    <li className={`status ${status.type}`}>
      <Icon name={icon} /> {statusText(status)}
    </li>
  );
}

function statusText(status: ThreadStatus): string {
  switch (status.type) {
    case 'active':
      return l10n.t('active');
    case 'locked':
      return l10n.t('locked');
    case 'closed':
      return l10n.t('closed');
    case 'unknown':
      return status.name;
  }
}

/** Turns following of the thread on and off, and shows its state. */
function FollowButton() {
  const { host, formats, threadId } = useInspector();
  const { follow, activity } = useViewState();
  const now = useNow(follow.mode === 'retrying');
  const isOn = follow.mode !== 'off';
  const stateText = {
    off: '',
    live: l10n.t('live'),
    paused: l10n.t('paused'),
    retrying:
      follow.mode === 'retrying'
        ? l10n.t('retrying in {0}', formats.duration(Math.ceil(Math.max(0, follow.at - now) / 1000) * 1000))
        : '',
  }[follow.mode];
  return (
    <>
      {stateText !== '' && (
        <span className={`follow-state ${follow.mode}`} title={follow.mode === 'retrying' ? follow.message : undefined}>
          {follow.mode === 'retrying' && <Icon name="warning" />} {stateText}
        </span>
      )}
      <button
        type="button"
        className="icon-button follow-button"
        aria-pressed={isOn}
        aria-disabled={activity.deleted}
        title={l10n.t('Follow')}
        onClick={() => !activity.deleted && host.notify('follow', { threadId, on: !isOn })}
      >
        <Icon name={isOn ? 'record' : 'circle-large'} />
        <span className="wide-only">{l10n.t('Follow')}</span>
      </button>
    </>
  );
}

/** Lists what the thread is waiting for among the loaded items: tool outputs, forms, and a response to the last message. */
function Waiting() {
  const { model, formats } = useInspector();
  const { activity } = useViewState();
  const transcript = useTranscript();
  const waits = waitingFor(transcript);
  const now = useWaitingUntil(waits.length > 0);
  if (waits.length === 0 || activity.deleted) return null;
  return (
    <ul className="waiting">
      {waits.map(({ itemId, since, for: need }) => (
        <li key={itemId}>
          <Icon name="clockface" />
          <VsButton look="link" onClick={() => model.showItem(itemId, { takesFocus: true })}>
            {needText(need)}
          </VsButton>
          {since !== null && <span>{formats.waiting(now - since)}</span>}
        </li>
      ))}
    </ul>
  );
}

function needText(need: PendingAction): string {
  switch (need.type) {
    case 'tool':
      return l10n.t('waiting for tool {0}', need.name);
    case 'form':
      return l10n.t('waiting for a form');
    case 'answer':
      return l10n.t('waiting for a response');
  }
}

type Action = Parameters<InspectorHost['runAction']>[0]['action'] | 'follow';

/** The actions of the thread. Actions that the source does not support are hidden. */
function MoreActions() {
  const { host, threadId } = useInspector();
  const { capabilities, activity, preview, live, follow, canCompare } = useViewState();
  // A replay has no connection, so its documents cannot be requested.
  const { replay } = useEventLog();
  const isFollowed = follow.mode !== 'off';
  const entries: (MenuEntry & { readonly id: Action })[] = [
    ...(preview ? [{ id: 'pin', label: l10n.t('Keep Open'), icon: 'pin' } as const] : []),
    ...(replay === null
      ? [
          { id: 'openJson', label: l10n.t('Open as JSON'), icon: 'json' } as const,
          { id: 'openTranscript', label: l10n.t('Open as Markdown Transcript'), icon: 'markdown' } as const,
        ]
      : []),
    ...(live && !activity.deleted
      ? ([
          {
            id: 'follow',
            label: isFollowed ? l10n.t('Stop Following') : l10n.t('Follow Thread'),
            icon: isFollowed ? 'debug-stop' : 'record',
          },
          { id: 'selectForCompare', label: l10n.t('Select for Compare'), icon: 'git-compare', startsGroup: true },
        ] as const)
      : []),
    ...(live && !activity.deleted && canCompare === true
      ? [{ id: 'compareWithSelected', label: l10n.t('Compare with Selected'), icon: 'diff' } as const]
      : []),
    { id: 'copyId', label: l10n.t('Copy ID'), icon: 'copy', startsGroup: true },
    ...(live
      ? ([
          { id: 'copyLink', label: l10n.t('Copy Link'), icon: 'link' },
          { id: 'copyCurl', label: l10n.t('Copy as cURL'), icon: 'terminal' },
        ] as const)
      : []),
    ...(replay === null && !activity.deleted
      ? [{ id: 'makeTest', label: l10n.t('Make Test…'), icon: 'beaker', startsGroup: true } as const]
      : []),
    ...(live && capabilities.send && !activity.deleted
      ? [{ id: 'runAgain', label: l10n.t('Run Again…'), icon: 'debug-rerun' } as const]
      : []),
    ...(live && (capabilities.customActions || capabilities.syncActions) && !activity.deleted
      ? [{ id: 'sendAction', label: l10n.t('Send Action…'), icon: 'zap' } as const]
      : []),
    ...(live && !activity.deleted
      ? [{ id: 'export', label: l10n.t('Export Thread…'), icon: 'export', startsGroup: true } as const]
      : []),
    ...(capabilities.rename && !activity.deleted
      ? [{ id: 'rename', label: l10n.t('Rename Thread…'), icon: 'edit', startsGroup: true } as const]
      : []),
    ...(capabilities.delete && !capabilities.readOnly && !activity.deleted
      ? [
          {
            id: 'delete',
            label: l10n.t('Delete Thread…'),
            icon: 'trash',
            startsGroup: !capabilities.rename,
          } as const,
        ]
      : []),
  ];
  const choose = (action: Action) => {
    if (action === 'follow') host.notify('follow', { threadId, on: !isFollowed });
    else host.notify('runAction', { threadId, action });
  };
  return (
    <MenuButton
      label={l10n.t('More Actions…')}
      className="icon-button"
      align="end"
      entries={entries}
      onChoose={(id) => choose(id as Action)}
    >
      <Icon name="ellipsis" />
    </MenuButton>
  );
}
