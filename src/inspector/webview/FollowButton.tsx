import * as l10n from '@vscode/l10n';
import { useInspector, useViewState } from './state/context.tsx';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useNow } from './state/useNow.ts';

/** Follows the thread as it grows, and says whether that works. */
export function FollowButton() {
  const { host, formats, threadId } = useInspector();
  const { follow, activity } = useViewState();
  const now = useNow(follow.mode === 'retrying' ? 1000 : null);
  const on = follow.mode !== 'off';
  const state = {
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
      {state !== '' && (
        <span className={`follow-state ${follow.mode}`} title={follow.mode === 'retrying' ? follow.message : undefined}>
          {follow.mode === 'retrying' && <Icon name="warning" />} {state}
        </span>
      )}
      <button
        type="button"
        className="icon-button follow-button"
        aria-pressed={on}
        aria-disabled={activity.deleted}
        title={l10n.t('Follow')}
        onClick={() => !activity.deleted && host.notify('follow', { threadId, on: !on })}
      >
        <Icon name={on ? 'record' : 'circle-large'} />
        <span className="wide-only">{l10n.t('Follow')}</span>
      </button>
    </>
  );
}
