import * as l10n from '@vscode/l10n';
import { memo } from 'react';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { MenuButton } from '../../base/webview/controls/MenuButton.tsx';
import { useEventLog, useHasEvents } from '../../eventLog/webview/useEventLog.ts';
import type { InspectorItem } from '../common/inspectorItem.ts';
import { useInspector, useViewState } from './state/context.tsx';
import { FeedbackButtons } from './FeedbackButtons.tsx';
import { useHasRested } from './scrollIdle.ts';

interface Props {
  readonly item: InspectorItem;
  readonly opened: boolean;
  /** Only the row that has the focus takes part in the tab order. */
  readonly active: boolean;
  readonly onToggle: (itemId: string) => void;
}

/** What can be done with one item; seen on hover and while the focus is in its row. Rows that only pass by have none. */
export function RowActions(props: Props) {
  const hasRested = useHasRested();
  return (hasRested || props.active) && <Actions {...props} />;
}

const Actions = memo(function Actions({ item, opened, active, onToggle }: Props) {
  const { host, threadId, announce, model } = useInspector();
  const { capabilities, live, conversation: talk, activity } = useViewState();
  const { id: itemId } = item;
  const { replay } = useEventLog();
  const hasEvents = useHasEvents(itemId);
  const retriable = item.kind === 'user_message' && capabilities.retry && talk !== null;
  const judges = item.kind === 'assistant_message' && capabilities.feedback && !activity.deleted;
  const tabIndex = active ? 0 : -1;
  const entries = [
    { id: 'text', label: l10n.t('Copy as text'), icon: 'copy' },
    { id: 'markdown', label: l10n.t('Copy as Markdown'), icon: 'markdown' },
    { id: 'json', label: l10n.t('Copy as JSON'), icon: 'json' },
    { id: 'id', label: l10n.t('Copy ID'), icon: 'symbol-key' },
    ...(live ? [{ id: 'curl', label: l10n.t('Copy as cURL'), icon: 'terminal' }] : []),
    ...(replay === null
      ? [{ id: 'open', label: l10n.t('Open in Editor'), icon: 'go-to-file', startsGroup: true }]
      : []),
    ...(hasEvents ? [{ id: 'events', label: l10n.t('Show Events'), icon: 'pulse' }] : []),
    ...(retriable
      ? [
          {
            id: 'retry',
            label: l10n.t('Retry from Here'),
            icon: 'discard',
            disabled: talk.running !== null,
            startsGroup: true,
          },
        ]
      : []),
  ];
  const choose = (id: string) => {
    if (id === 'open') return host.notify('openItem', { threadId, itemId, as: 'json' });
    if (id === 'events') return model.log.showItem(itemId);
    if (id === 'retry') return host.notify('retryFrom', { threadId, itemId });
    host.notify('copy', { threadId, itemId, as: id as 'text' | 'markdown' | 'json' | 'id' | 'curl' });
    announce(l10n.t('Copied'));
  };
  return (
    <div className="row-actions">
      {judges && <FeedbackButtons itemId={itemId} tabIndex={tabIndex} />}
      <IconButton
        icon="json"
        label={opened ? l10n.t('Hide JSON') : l10n.t('Show JSON')}
        pressed={opened}
        tabIndex={tabIndex}
        onClick={() => onToggle(itemId)}
      />
      <IconButton icon="copy" label={l10n.t('Copy text')} tabIndex={tabIndex} onClick={() => choose('text')} />
      <MenuButton
        label={l10n.t('More item actions')}
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
