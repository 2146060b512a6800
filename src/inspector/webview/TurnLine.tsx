import * as l10n from '@vscode/l10n';
import type { Span } from '../../threads/common/timing/spans.ts';
import type { Turn } from '../../threads/common/timing/turns.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useInspector } from './state/context.tsx';
import { kindView } from './items/kinds.ts';

interface Props {
  readonly turn: Turn;
  readonly spans: readonly Span[];
  /** Another turn follows. The last turn may still get a response; the header shows that it waits. */
  readonly ended: boolean;
}

/** The line after a turn: its number, its duration and its number of items. */
export function TurnLine({ turn, spans, ended }: Props) {
  const { formats } = useInspector();
  const count = turn.end - turn.start;
  const parts = [
    turn.number === null ? l10n.t('turn') : l10n.t('turn {0}', formats.number(turn.number)),
    turn.durationMs === null ? '' : formats.duration(turn.durationMs),
    count === 1 ? l10n.t('1 item') : l10n.t('{0} items', formats.number(count)),
  ];
  return (
    <div className="turn-line">
      <span>
        {parts.filter(Boolean).join(' · ')}
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
