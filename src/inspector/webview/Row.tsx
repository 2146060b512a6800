import { createContext, memo, use, useState, useSyncExternalStore } from 'react';
import * as l10n from '@vscode/l10n';
import { Icon, IconButton, VsButton } from '../../base/webview/controls/buttons.tsx';
import { MenuButton } from '../../base/webview/controls/MenuButton.tsx';
import { type ItemKind, assistantText, userText } from '../../chatkit/common/model/item.ts';
import { useEventLog, useHasEvents } from '../../eventLog/webview/context.ts';
import type { InspectorItem } from '../common/inspectorItem.ts';
import { timeNote, uncertainMark } from '../../chatkit/common/model/thread.ts';
import { pendingActionOf } from '../../threads/common/summary/waiting.ts';
import type { Span, Turn } from '../../threads/common/summary/turns.ts';
import type { RuleView } from '../common/protocolProblems.ts';
import { useInspector, useIsFollowed, useItemProgress, useViewState } from './state/context.tsx';
import { Gap } from './Unloaded.tsx';
import { RawJson } from './items/JsonViewer.tsx';
import { kindView } from './items/kinds.ts';
import type { RowFacts } from './rowFacts.ts';

/** Whether the transcript is not being scrolled: see `ScrollPosition.idle`. */
export const ScrollIdleContext = createContext(true);

/** Returns false until the transcript was idle once since the component was mounted; defers rendering that cannot be used while scrolling. */
function useHasBeenIdle(): boolean {
  const idle = use(ScrollIdleContext);
  const [hasBeenIdle, setHasBeenIdle] = useState(idle);
  if (idle && !hasBeenIdle) setHasBeenIdle(true);
  return hasBeenIdle;
}

interface RowActionsProps {
  readonly item: InspectorItem;
  readonly opened: boolean;
  /** Whether the row is in the tab order; only the focused row is. */
  readonly active: boolean;
  readonly onToggle: (itemId: string) => void;
}

/** The actions of one item, visible on hover and while its row has the focus. Rows that only scroll past have none. */
function RowActions(props: RowActionsProps) {
  const hasBeenIdle = useHasBeenIdle();
  return (hasBeenIdle || props.active) && <Actions {...props} />;
}

/** Returns whether feedback can be sent about items of a kind. */
function useAcceptsFeedback(kind: ItemKind): boolean {
  const { capabilities, activity } = useViewState();
  return kind === 'assistant_message' && capabilities.feedback && !activity.deleted;
}

const Actions = memo(function Actions({ item, opened, active, onToggle }: RowActionsProps) {
  const { host, threadId, announce, model } = useInspector();
  const { capabilities, live, conversation, activity, thread } = useViewState();
  const { id: itemId } = item;
  const { replay } = useEventLog();
  const hasEvents = useHasEvents(itemId);
  const canRetry = item.kind === 'user_message' && capabilities.retry && conversation !== null;
  const acceptsFeedback = useAcceptsFeedback(item.kind);
  const canFork = live && capabilities.send && conversation !== null && !activity.deleted;
  const quote = canFork && thread?.status.type === 'active' ? messageText(item) : '';
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
    ...(quote === '' ? [] : [{ id: 'quote', label: l10n.t('Quote in Message'), icon: 'quote', startsGroup: true }]),
    ...(canRetry
      ? [
          {
            id: 'retry',
            label: l10n.t('Retry from Here'),
            icon: 'discard',
            disabled: conversation.running !== null,
            startsGroup: quote === '',
          },
        ]
      : []),
    ...(item.kind === 'widget' && live && conversation !== null
      ? [{ id: 'compareWidget', label: l10n.t('Compare Before and After'), icon: 'diff' }]
      : []),
    ...(canFork
      ? [{ id: 'fork', label: l10n.t('Fork from Here'), icon: 'repo-forked', startsGroup: !canRetry && quote === '' }]
      : []),
  ];
  const choose = (id: string) => {
    if (id === 'open') return host.notify('openItem', { threadId, itemId, as: 'json' });
    if (id === 'events') return model.log.showItem(itemId);
    if (id === 'compareWidget') return host.notify('compareWidget', { threadId, itemId });
    if (id === 'fork') return host.notify('forkFrom', { threadId, itemId });
    if (id === 'quote') return model.quoted.fire(quote);
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

/** Returns the text of a message; empty for other items. */
function messageText(item: InspectorItem): string {
  if (item.kind === 'user_message') return userText(item);
  return item.kind === 'assistant_message' ? assistantText(item).trim() : '';
}

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

interface Props extends RowFacts {
  /** Index among the visible items. */
  readonly position: number;
  readonly count: number;
  /** Whether its JSON is shown. */
  readonly opened: boolean;
  readonly active: boolean;
  readonly onToggle: (itemId: string) => void;
  readonly measure: (element: HTMLElement | null) => void;
}

/** One item, with the gap before it and the line after its turn: a feed may contain only articles (ARIA). */
export const Row = memo(function Row(props: Props) {
  const { item, position, count, opened, active, gapBefore, turnEnds, duplicate, onToggle, measure } = props;
  const { host, threadId } = useInspector();
  const { Body, icon, label } = kindView(item.kind);
  const kind = label();
  const progress = useItemProgress(item.id);
  const isFollowed = useIsFollowed(item.id);
  const action = pendingActionOf(item);
  const isWaiting = action !== null && !(action.type === 'tool' && isFollowed);
  const isJudged = useAcceptsFeedback(item.kind);
  return (
    <article
      ref={measure}
      className="row"
      data-index={position}
      data-item-id={item.id}
      data-item-type={item.kind}
      aria-posinset={position + 1}
      aria-setsize={count}
      aria-busy={progress === 'open'}
      aria-label={progress === 'open' ? kind : [kind, summaryOf(item)].filter(Boolean).join(': ')}
      tabIndex={active ? 0 : -1}
    >
      {gapBefore !== null && <Gap window={gapBefore} />}
      <div className={`row-body ${isWaiting ? 'open' : ''} ${isJudged ? 'judged' : ''}`}>
        <RowTime {...props} />
        <span className="row-kind">
          <Icon name={icon} />
          <span>{kind}</span>
        </span>
        <div className="row-content">
          <Body item={item} />
          <ItemProblems itemId={item.id} />
          {duplicate && (
            <p className="facts">
              <Icon name="warning" />
              <span className="quiet">{l10n.t('The server uses the ID of this item for several items.')}</span>
            </p>
          )}
          {progress === 'unfinished' && (
            <p className="facts">
              <Icon name="warning" />
              <span className="quiet">{l10n.t('Incomplete: the stream ended before this item was finished.')}</span>
            </p>
          )}
          {item.clipped && (
            <p className="facts clipped">
              <span className="quiet">{l10n.t('Only the first part is shown.')}</span>
              <VsButton look="link" onClick={() => host.notify('openItem', { threadId, itemId: item.id, as: 'text' })}>
                {l10n.t('Open in Editor')}
              </VsButton>
            </p>
          )}
          {opened && (
            <div className="row-json" role="group" aria-label={l10n.t('JSON')}>
              <RawJson itemId={item.id} />
            </div>
          )}
        </div>
        <RowActions item={item} opened={opened} active={active} onToggle={onToggle} />
      </div>
      {turnEnds !== null && <TurnLine {...props} turn={turnEnds} ended={props.turnIsFollowed} />}
    </article>
  );
});

const noProblems: readonly RuleView[] = [];

/** The protocol problems of an item, without those that are only inferred or harmless. */
function ItemProblems({ itemId }: { readonly itemId: string }) {
  const { host, threadId } = useInspector();
  const found = (useViewState().protocolProblems?.byItem[itemId] ?? noProblems).filter(
    ({ severity }) => severity !== 'info',
  );
  if (found.length === 0) return null;
  return (
    <ul className="item-problems" aria-label={l10n.t('Protocol problems')}>
      {found.map(({ id, title, severity, text }) => (
        <li key={id} className="facts">
          <Icon name={severity === 'error' ? 'error' : 'warning'} />
          <VsButton
            look="link"
            title={text}
            onClick={() => host.notify('runAction', { threadId, action: 'showProtocolProblems' })}
          >
            {`${id}: ${title}`}
          </VsButton>
          {text !== '' && <span className="quiet code problem-value">{text}</span>}
        </li>
      ))}
    </ul>
  );
}

type RowTimeProps = Pick<RowFacts, 'item' | 'offsetMs' | 'showsClock' | 'sameTime'>;

/** The time of day at the start of a turn, otherwise the time since the previous item. */
function RowTime({ item, offsetMs, showsClock, sameTime }: RowTimeProps) {
  const { formats } = useInspector();
  const { createdAt } = item;
  if (createdAt === null) {
    return (
      <span className="row-time" title={l10n.t('The server sent no time.')}>
        —
      </span>
    );
  }
  const note = timeNote(item);
  const clock = `${note === null ? '' : uncertainMark}${formats.clock(createdAt)}`;
  // The time between two items does not depend on the zone.
  const text = showsClock || offsetMs === null ? clock : `+${formats.duration(offsetMs)}`;
  const title = [
    formats.full(createdAt),
    note ?? '',
    sameTime ? l10n.t('Same time as the previous item. The order is that of the server.') : '',
  ]
    .filter(Boolean)
    .join('\n');
  return (
    <time className="row-time" dateTime={new Date(createdAt).toISOString()} title={title}>
      {text}
    </time>
  );
}

/** Returns the start of the text of an item on one line, for the accessible name of its row. */
function summaryOf(item: InspectorItem): string {
  const text =
    kindView(item.kind)
      .texts(item)
      .find((part) => part.trim() !== '') ?? '';
  const line = text.slice(0, 400).replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

interface TurnLineProps extends Pick<RowFacts, 'spans' | 'streamedMs' | 'turnRuns'> {
  readonly turn: Turn;
  /** Another turn follows. The last turn may still get a response; the header shows that it waits. */
  readonly ended: boolean;
}

/** The line after a turn: its number, its duration and its number of items. */
function TurnLine({ turn, spans, streamedMs, turnRuns, ended }: TurnLineProps) {
  const { formats } = useInspector();
  const count = turn.end - turn.start;
  // One item has a time, but no duration.
  const inferredMs = count > 1 && !turnRuns ? turn.durationMs : null;
  return (
    <div className="turn-line">
      <span>
        {turn.number === null ? l10n.t('turn') : l10n.t('turn {0}', formats.number(turn.number))}
        {streamedMs !== null && !turnRuns && ` · ${formats.duration(streamedMs)}`}
        {streamedMs === null && inferredMs !== null && (
          <>
            {' · '}
            <span title={l10n.t('Inferred from the times of the items: their end is not known.')}>
              {`${uncertainMark}${formats.duration(inferredMs)}`}
            </span>
          </>
        )}
        {` · ${count === 1 ? l10n.t('1 item') : l10n.t('{0} items', formats.number(count))}`}
        {ended && !turn.answered && (
          <>
            {' · '}
            <Icon name="warning" /> {l10n.t('no response')}
          </>
        )}
      </span>
      <TurnBar spans={spans} />
    </div>
  );
}

/** A bar with the time that each kind of item took in a turn. */
function TurnBar({ spans }: { readonly spans: readonly Span[] }) {
  const { formats } = useInspector();
  if (spans.length === 0) return null;
  const text = spans.map(({ kind, ms }) => `${kindView(kind).label()} ${formats.duration(ms)}`).join(', ');
  return (
    <span className="turn-bar" role="img" aria-label={text} title={text}>
      {spans.map(({ kind, ms }) => (
        <span key={kind} className={kind} style={{ flexGrow: ms }} />
      ))}
    </span>
  );
}
