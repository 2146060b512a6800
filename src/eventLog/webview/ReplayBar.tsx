import * as l10n from '@vscode/l10n';
import { replaySpeeds } from '../common/player.ts';
import { Icon, IconButton } from '../../base/webview/controls/buttons.tsx';
import { MenuButton } from '../../base/webview/controls/MenuButton.tsx';
import { useEventLog, useEventLogContext } from './context.ts';

/** Controls of a replay. */
export function ReplayBar() {
  const { host, formats, threadId } = useEventLogContext();
  const { replay } = useEventLog();
  if (replay === null) return null;
  const { mode, position, total, speed, name, incomplete } = replay;
  const ended = mode === 'ended';
  const control = (what: 'play' | 'pause' | 'step' | 'finish' | 'restart') =>
    host.notify('replay', { threadId, to: { do: what } });
  return (
    <div className="replay-bar" role="toolbar" aria-label={l10n.t('Replay')}>
      {mode === 'playing' ? (
        <IconButton icon="debug-pause" label={l10n.t('Pause')} onClick={() => control('pause')} />
      ) : (
        <IconButton
          icon="play"
          label={l10n.t('Play')}
          aria-disabled={ended}
          onClick={() => !ended && control('play')}
        />
      )}
      <IconButton
        icon="debug-step-over"
        label={l10n.t('Step')}
        aria-disabled={ended}
        onClick={() => !ended && control('step')}
      />
      <IconButton
        icon="debug-continue"
        label={l10n.t('Play all remaining events')}
        aria-disabled={ended}
        onClick={() => !ended && control('finish')}
      />
      <IconButton icon="debug-restart" label={l10n.t('Restart')} onClick={() => control('restart')} />
      <MenuButton
        label={l10n.t('Speed {0}×', formats.number(speed))}
        className="icon-button kind-filter"
        entries={replaySpeeds.map((one) => ({
          id: String(one),
          label: `${formats.number(one)}×`,
          icon: one === speed ? 'check' : 'blank',
        }))}
        onChoose={(id) => {
          const chosen = replaySpeeds.find((one) => String(one) === id);
          if (chosen !== undefined) host.notify('replay', { threadId, to: { do: 'speed', speed: chosen } });
        }}
      >
        <span>{formats.number(speed)}×</span>
        <Icon name="chevron-down" />
      </MenuButton>
      <progress className="replay-progress" value={position} max={Math.max(total, 1)} aria-label={l10n.t('Replay')} />
      <span>{l10n.t('{0} of {1} events played', formats.number(position), formats.number(total))}</span>
      <span className="quiet replay-name" title={name}>
        {name}
      </span>
      {incomplete !== null && (
        <span className="replay-incomplete">
          <Icon name="warning" /> {incomplete}
        </span>
      )}
    </div>
  );
}
