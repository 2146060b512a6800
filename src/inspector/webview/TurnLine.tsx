import * as l10n from '@vscode/l10n';
import type { Span } from '../../threads/common/timing/spans.ts';
import type { Turn } from '../../threads/common/timing/turns.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useInspector } from './state/context.tsx';
import { TurnBar } from './TurnBar.tsx';

/** Ends a turn: which it was, how long it took, how much came of it. */
export function TurnLine({ turn, spans }: { readonly turn: Turn; readonly spans: readonly Span[] }) {
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
        {!turn.answered && (
          <>
            {' · '}
            <Icon name="warning" /> {l10n.t('no answer')}
          </>
        )}
      </span>
      <TurnBar spans={spans} />
    </div>
  );
}
