import type { Span } from '../../threads/common/timing/spans.ts';
import { kindView } from './items/kinds.ts';
import { useInspector } from './state/context.tsx';

/** Where the time of a turn went, kind by kind. */
export function TurnBar({ spans }: { readonly spans: readonly Span[] }) {
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
