import * as l10n from '@vscode/l10n';
import { memo } from 'react';
import type { ItemKind } from '../../chatkit/common/model/item.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { MenuButton } from '../../base/webview/controls/MenuButton.tsx';
import { useEventLog, useHasEvents } from '../../eventLog/webview/useEventLog.ts';
import type { InspectorItem } from '../common/inspectorItem.ts';
import { useInspector, useViewState } from './state/context.tsx';
import { FeedbackButtons } from './FeedbackButtons.tsx';
import { useHasBeenIdle } from './scrollIdle.ts';

interface Props {
  readonly item: InspectorItem;
  readonly opened: boolean;
  /** Whether the row is in the tab order; only the focused row is. */
  readonly active: boolean;
  readonly onToggle: (itemId: string) => void;
}

/** The actions of one item, visible on hover and while its row has the focus. Rows that only scroll past have none. */
export function RowActions(props: Props) {
  const hasBeenIdle = useHasBeenIdle();
  return (hasBeenIdle || props.active) && <Actions {...props} />;
}

/** Returns whether feedback can be sent about items of a kind. */
export function useAcceptsFeedback(kind: ItemKind): boolean {
  const { capabilities, activity } = useViewState();
  return kind === 'assistant_message' && capabilities.feedback && !activity.deleted;
}

const Actions = memo(function Actions({ item, opened, active, onToggle }: Props) {
  const { host, threadId, announce, model } = useInspector();
  const { capabilities, live, conversation, activity } = useViewState();
  const { id: itemId } = item;
  const { replay } = useEventLog();
  const hasEvents = useHasEvents(itemId);
  const canRetry = item.kind === 'user_message' && capabilities.retry && conversation !== null;
  const acceptsFeedback = useAcceptsFeedback(item.kind);
  const canFork = live && capabilities.send && conversation !== null && !activity.deleted;
  const tabIndex = active ? 0 : -1;
  const entries = [
    { id: 'text', label: l10n.t('Copy as Text'), icon: 'copy' },
    { id: 'markdown', label: l10n.t('Copy as Markdown'), icon: 'markdown' },
    { id: 'json', label: l10n.t('Copy as JSON'), icon: 'json' },
    { id: 'id', label: l10n.t('Copy ID'), icon: 'symbol-key' },
    ...(live ? [{ id: 'curl', label: l10n.t('Copy as cURL'), icon: 'terminal' }] : []),
    ...(replay === null
      ? [{ id: 'open', label: l10n.t('Open in Editor'), icon: 'go-to-file', startsGroup: true }]
      : []),
    ...(hasEvents ? [{ id: 'events', label: l10n.t('Show Events'), icon: 'pulse' }] : []),
    ...(canRetry
      ? [
          {
            id: 'retry',
            label: l10n.t('Retry from Here'),
            icon: 'discard',
            disabled: conversation.running !== null,
            startsGroup: true,
          },
        ]
      : []),
    ...(canFork ? [{ id: 'fork', label: l10n.t('Fork from Here'), icon: 'repo-forked', startsGroup: !canRetry }] : []),
  ];
  const choose = (id: string) => {
    if (id === 'open') return host.notify('openItem', { threadId, itemId, as: 'json' });
    if (id === 'events') return model.log.showItem(itemId);
    if (id === 'fork') return host.notify('forkFrom', { threadId, itemId });
    if (id === 'retry') return host.notify('retryFrom', { threadId, itemId });
    host.notify('copy', { threadId, itemId, as: id as 'text' | 'markdown' | 'json' | 'id' | 'curl' });
    announce(l10n.t('Copied.'));
  };
  return (
    <div className="row-actions">
      {acceptsFeedback && <FeedbackButtons itemId={itemId} tabIndex={tabIndex} />}
      <IconButton
        icon="json"
        label={opened ? l10n.t('Hide JSON') : l10n.t('Show JSON')}
        pressed={opened}
        tabIndex={tabIndex}
        onClick={() => onToggle(itemId)}
      />
      <IconButton icon="copy" label={l10n.t('Copy as Text')} tabIndex={tabIndex} onClick={() => choose('text')} />
      <MenuButton
        label={l10n.t('More Item Actions…')}
        className="icon-button"
        align="end"
        tabIndex={tabIndex}
        entries={entries}
        onChoose={choose}
      >
        <Icon name="ellipsis" />
      </MenuButton>
    </div>
  );
});
