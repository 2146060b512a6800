import * as l10n from '@vscode/l10n';
import { useId, useState } from 'react';
import type { ThreadStatus } from '../../chatkit/common/model/thread.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useInspector, useViewState, useTranscript } from './state/context.tsx';
import { BackToThreads } from '../../export/webview/ExportThreads.tsx';
import { FollowButton } from './FollowButton.tsx';
import { MoreActions } from './MoreActions.tsx';
import { Waiting } from './Waiting.tsx';
import { isComplete } from './state/transcript.ts';
import '../../base/webview/header.css';

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
          <time dateTime={new Date(thread.createdAt).toISOString()} title={formats.full(thread.createdAt)}>
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
