import * as l10n from '@vscode/l10n';
import { useInspector, useViewState } from './state/context.tsx';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useNow } from '../../base/webview/useNow.ts';

/** Turns following of the thread on and off, and shows its state. */
export function FollowButton() {
  const { host, formats, threadId } = useInspector();
  const { follow, activity } = useViewState();
  const now = useNow(follow.mode === 'retrying');
  const isOn = follow.mode !== 'off';
  const stateText = {
    off: '',
    live: l10n.t('live'),
    paused: l10n.t('paused'),
    retrying:
      follow.mode === 'retrying'
        ? l10n.t('retrying in {0}', formats.duration(Math.ceil(Math.max(0, follow.at - now) / 1000) * 1000))
        : '',
  }[follow.mode];
  return (
    <>
      {stateText !== '' && (
        <span className={`follow-state ${follow.mode}`} title={follow.mode === 'retrying' ? follow.message : undefined}>
          {follow.mode === 'retrying' && <Icon name="warning" />} {stateText}
        </span>
      )}
      <button
        type="button"
        className="icon-button follow-button"
        aria-pressed={isOn}
        aria-disabled={activity.deleted}
        title={l10n.t('Follow')}
        onClick={() => !activity.deleted && host.notify('follow', { threadId, on: !isOn })}
      >
        <Icon name={isOn ? 'record' : 'circle-large'} />
        <span className="wide-only">{l10n.t('Follow')}</span>
      </button>
    </>
  );
}
