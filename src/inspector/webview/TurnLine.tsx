import type { Span } from '../../threads/common/timing/spans.ts';
import type { Turn } from '../../threads/common/timing/turns.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useInspector } from './context.tsx';
import { fill } from '../../base/webview/format.ts';
import { TurnBar } from './TurnBar.tsx';

/** Ends a turn: which it was, how long it took, how much came of it. */
export function TurnLine({ turn, spans }: { readonly turn: Turn; readonly spans: readonly Span[] }) {
  const { strings, formats } = useInspector();
  const count = turn.end - turn.start;
  const parts = [
    turn.number === null ? strings.turnWithoutNumber : fill(strings.turn, formats.number(turn.number)),
    turn.durationMs === null ? '' : formats.duration(turn.durationMs),
    count === 1 ? strings.oneItem : fill(strings.items, formats.number(count)),
  ];
  return (
    <div className="turn-line">
      <span>
        {parts.filter(Boolean).join(' · ')}
        {!turn.answered && (
          <>
            {' · '}
            <Icon name="warning" /> {strings.turnOpen}
          </>
        )}
      </span>
      <TurnBar spans={spans} />
    </div>
  );
}
