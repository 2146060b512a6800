import * as l10n from '@vscode/l10n';
import { useCallback } from 'react';
import type { RpcClient } from '../../../base/common/rpc.ts';
import type { Formats } from '../../../base/webview/format.ts';
import { useRequest } from '../../../base/webview/useRequest.ts';
import { kindLabel } from '../../../chatkit/common/model/item.ts';
import type { CompareHost, CompareRow, DifferenceView } from '../../common/compare/compareProtocol.ts';
import { Difference } from './Difference.tsx';

interface Props {
  readonly index: number;
  /** Null until it has been received. */
  readonly row: CompareRow | null;
  /** Position in the list. */
  readonly at: number;
  readonly current: boolean;
  /** Details that the state contains. */
  readonly first: DifferenceView | undefined;
  readonly host: RpcClient<CompareHost>;
  readonly formats: Formats;
}

/** One pair of items, or an item of one side. */
export function Row({ index, row, at, current, first, host, formats }: Props) {
  if (row === null) return <p className="compare-row quiet">{l10n.t('Loading…')}</p>;
  const change = changeText(row.change);
  const places = placesText(row);
  return (
    <article
      className={`compare-row ${row.change} ${current ? 'current' : ''}`}
      data-entry={at}
      data-change={row.change}
      tabIndex={-1}
      aria-label={[kindLabel(row.kind), change, places].filter(Boolean).join(', ')}
    >
      <div className="compare-row-head">
        <span className={`compare-change ${row.change}`}>{change}</span>
        <span className="compare-kind">{kindLabel(row.kind)}</span>
        <span className="quiet">{places}</span>
        <GapTimes row={row} formats={formats} />
      </div>
      {row.change === 'equal' ? (
        <p className="compare-summary">{row.summary}</p>
      ) : (
        <Details index={index} first={first} host={host} />
      )}
    </article>
  );
}

function Details({ index, first, host }: Pick<Props, 'index' | 'first' | 'host'>) {
  return first === undefined ? <RequestedDetails index={index} host={host} /> : <Difference node={first} />;
}

function RequestedDetails({ index, host }: Pick<Props, 'index' | 'host'>) {
  const details = useRequest(useCallback(() => host.request('details', { index }), [host, index]));
  if (details.type === 'loading') return <p className="quiet">{l10n.t('Loading…')}</p>;
  if (details.type === 'failed') return <p className="problem-text">{details.message}</p>;
  return <Difference node={details.value} />;
}

/** How long the item took on both sides; once where both are the same or only one is known. */
function GapTimes({ row: { leftMs, rightMs }, formats }: Pick<Props, 'formats'> & { readonly row: CompareRow }) {
  const only = leftMs === null || leftMs === rightMs ? rightMs : rightMs === null ? leftMs : null;
  if (only !== null) return <span className="quiet compare-gap">+{formats.duration(only)}</span>;
  if (leftMs === null || rightMs === null) return null;
  const [before, after] = formats.durationPair(leftMs, rightMs);
  return (
    <span className="quiet compare-gap">
      +{before} → +{after}
    </span>
  );
}

function changeText(change: CompareRow['change']): string {
  switch (change) {
    case 'added':
      return l10n.t('Only right');
    case 'removed':
      return l10n.t('Only left');
    case 'changed':
      return l10n.t('Changed');
    case 'equal':
      return l10n.t('Equal');
  }
}

function placesText({ left, right }: CompareRow): string {
  if (left === null && right === null) return '';
  if (left === null || right === null) return l10n.t('item {0}', left ?? right ?? 0);
  return left === right ? l10n.t('item {0}', left) : l10n.t('item {0} → item {1}', left, right);
}
