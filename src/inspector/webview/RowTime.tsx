import * as l10n from '@vscode/l10n';
import { useInspector } from './state/context.tsx';
import type { RowFacts } from './rowFacts.ts';

type Props = Pick<RowFacts, 'item' | 'offsetMs' | 'showsClock' | 'sameTime'>;

/** The time of day where a turn begins, else how long after the item before it. */
export function RowTime({ item, offsetMs, showsClock, sameTime }: Props) {
  const { formats } = useInspector();
  const { createdAt } = item;
  if (createdAt === null) {
    return (
      <span className="row-time" title={l10n.t('The server sent no time.')}>
        —
      </span>
    );
  }
  const text = showsClock || offsetMs === null ? formats.clock(createdAt) : `+${formats.duration(offsetMs)}`;
  const title = [
    formats.full(createdAt),
    sameTime ? l10n.t('Same time as the item before: only the order of the server tells which came first.') : '',
  ]
    .filter(Boolean)
    .join('\n');
  return (
    <time className="row-time" dateTime={new Date(createdAt).toISOString()} title={title}>
      {text}
    </time>
  );
}
