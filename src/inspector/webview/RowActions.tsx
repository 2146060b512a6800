import * as l10n from '@vscode/l10n';
import { memo, useState, useSyncExternalStore } from 'react';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { MenuButton } from '../../base/webview/controls/MenuButton.tsx';
import type { ItemKind } from '../../chatkit/common/model/item.ts';
import { useEventLog, useHasEvents } from '../../eventLog/webview/context.ts';
import type { InspectorItem } from '../common/inspectorItem.ts';
import { useHasBeenIdle } from './scrollIdle.ts';
import { useInspector, useViewState } from './state/context.tsx';

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
    ...(item.kind === 'widget' && live && conversation !== null
      ? [{ id: 'compareWidget', label: l10n.t('Compare Before and After'), icon: 'diff' }]
      : []),
    ...(canFork ? [{ id: 'fork', label: l10n.t('Fork from Here'), icon: 'repo-forked', startsGroup: !canRetry }] : []),
  ];
  const choose = (id: string) => {
    if (id === 'open') return host.notify('openItem', { threadId, itemId, as: 'json' });
    if (id === 'events') return model.log.showItem(itemId);
    if (id === 'compareWidget') return host.notify('compareWidget', { threadId, itemId });
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

type FeedbackKind = 'positive' | 'negative';

/** Sends feedback about a message. The server does not return it later, so the page remembers it. */
function FeedbackButtons({ itemId, tabIndex }: { readonly itemId: string; readonly tabIndex: number }) {
  const { host, model, threadId, announce } = useInspector();
  const sentKind = useSyncExternalStore(model.subscribe, () => model.feedback.get(itemId));
  const [sending, setSending] = useState(false);
  const send = async (kind: FeedbackKind) => {
    if (sending) return;
    setSending(true);
    // The host reports errors itself.
    const { sent } = await host.request('feedback', { threadId, itemId, kind }).catch(() => ({ sent: false }));
    setSending(false);
    if (!sent) return;
    model.saveFeedback(itemId, kind);
    announce(l10n.t('Feedback sent.'));
  };
  const button = (kind: FeedbackKind, icon: string, label: string) => (
    <IconButton
      icon={sentKind === kind ? `${icon}-filled` : icon}
      label={label}
      pressed={sentKind === kind}
      aria-disabled={sending}
      tabIndex={tabIndex}
      onClick={() => void send(kind)}
    />
  );
  return (
    <>
      {button('positive', 'thumbsup', l10n.t('Good response'))}
      {button('negative', 'thumbsdown', l10n.t('Bad response'))}
    </>
  );
}
