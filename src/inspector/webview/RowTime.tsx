import { useInspector } from './context.tsx';
import type { RowFacts } from './rowFacts.ts';

type Props = Pick<RowFacts, 'item' | 'offsetMs' | 'showsClock' | 'sameTime'>;

/** The time of day where a turn begins, else how long after the item before it. */
export function RowTime({ item, offsetMs, showsClock, sameTime }: Props) {
  const { strings, formats } = useInspector();
  const { createdAt } = item;
  if (createdAt === null) {
    return (
      <span className="row-time" title={strings.noTime}>
        —
      </span>
    );
  }
  const text = showsClock || offsetMs === null ? formats.clock(createdAt) : `+${formats.duration(offsetMs)}`;
  const title = [formats.full(createdAt), sameTime ? strings.sameTime : ''].filter(Boolean).join('\n');
  return (
    <time className="row-time" dateTime={new Date(createdAt).toISOString()} title={title}>
      {text}
    </time>
  );
}
