import * as l10n from '@vscode/l10n';
import { memo } from 'react';
import { pendingActionOf } from '../../threads/common/summary/waiting.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { kindView } from './items/kinds.ts';
import { RawJson } from './items/RawJson.tsx';
import { useInspector } from './context.tsx';
import { Gap } from './Gap.tsx';
import { RowActions } from './RowActions.tsx';
import type { RowFacts } from './rowFacts.ts';
import { RowTime } from './RowTime.tsx';
import { summaryOf } from './summaryOf.ts';
import { TurnLine } from './TurnLine.tsx';
import { useItemProgress } from './useItemProgress.ts';

interface Props extends RowFacts {
  /** Among the visible items. */
  readonly position: number;
  readonly count: number;
  /** Its JSON is open. */
  readonly opened: boolean;
  readonly active: boolean;
  readonly onToggle: (itemId: string) => void;
  readonly measure: (element: HTMLElement | null) => void;
}

/** One item, with the gap before it and the line after its turn: a feed holds articles and nothing between them. */
export const Row = memo(function Row(props: Props) {
  const { item, position, count, opened, active, gapBefore, turnEnds, duplicate, onToggle, measure } = props;
  const { host, threadId } = useInspector();
  const { Body, icon, label } = kindView(item.kind);
  const kind = label();
  const making = useItemProgress(item.id);
  const open = pendingActionOf(item) !== null;
  return (
    <article
      ref={measure}
      className="row"
      data-index={position}
      data-item-id={item.id}
      data-item-type={item.kind}
      aria-posinset={position + 1}
      aria-setsize={count}
      aria-busy={making === 'open'}
      aria-label={making === 'open' ? kind : [kind, summaryOf(item)].filter(Boolean).join(': ')}
      tabIndex={active ? 0 : -1}
    >
      {gapBefore !== null && <Gap window={gapBefore} />}
      <div className={`row-body ${open ? 'open' : ''}`}>
        <RowTime {...props} />
        <span className="row-kind">
          <Icon name={icon} />
          <span>{kind}</span>
        </span>
        <div className="row-content">
          <Body item={item} />
          {duplicate && (
            <p className="facts">
              <Icon name="warning" />
              <span className="quiet">{l10n.t('The server gave the ID of this item to several items.')}</span>
            </p>
          )}
          {making === 'unfinished' && (
            <p className="facts">
              <Icon name="warning" />
              <span className="quiet">{l10n.t('Not finished: the stream ended before this was done.')}</span>
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
      {turnEnds !== null && <TurnLine turn={turnEnds} spans={props.spans} />}
    </article>
  );
});
