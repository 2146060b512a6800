import * as l10n from '@vscode/l10n';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import type { Formats } from '../../../base/webview/format.ts';
import type { TurnTimes } from '../../common/compare/compareProtocol.ts';

/** Turns that are listed. */
const maxTurns = 200;

interface Props {
  readonly times: readonly TurnTimes[];
  readonly formats: Formats;
}

/** The durations of the turns of both sides, collapsed. */
export function Times({ times, formats }: Props) {
  const total = (side: 'left' | 'right') => times.reduce((sum, turn) => sum + (turn[side] ?? 0), 0);
  const text = (ms: number | null) => (ms === null ? '–' : formats.duration(ms));
  return (
    <details className="compare-times">
      <summary>
        <Icon name="chevron-right" />
        {l10n.t('Times: {0} → {1}', formats.duration(total('left')), formats.duration(total('right')))}
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{l10n.t('Turn')}</th>
            <th scope="col">{l10n.t('Left')}</th>
            <th scope="col">{l10n.t('Right')}</th>
          </tr>
        </thead>
        <tbody>
          {times.slice(0, maxTurns).map(({ turn, left, right }) => (
            <tr key={turn}>
              <th scope="row">{formats.number(turn)}</th>
              <td>{text(left)}</td>
              <td>{text(right)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
