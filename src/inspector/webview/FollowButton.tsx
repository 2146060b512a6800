import { useInspector, useShell } from './context.tsx';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { fill } from '../../base/webview/format.ts';
import { useNow } from './useNow.ts';

/** Follows the thread as it grows, and says whether that works. */
export function FollowButton() {
  const { host, strings, formats, threadId } = useInspector();
  const { follow, activity } = useShell();
  const now = useNow(follow.mode === 'retrying' ? 1000 : null);
  const on = follow.mode !== 'off';
  const state = {
    off: '',
    live: strings.followLive,
    paused: strings.followPaused,
    retrying:
      follow.mode === 'retrying'
        ? fill(strings.followRetrying, formats.duration(Math.ceil(Math.max(0, follow.at - now) / 1000) * 1000))
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
        title={strings.follow}
        onClick={() => !activity.deleted && host.notify('follow', { threadId, on: !on })}
      >
        <Icon name={on ? 'record' : 'circle-large'} />
        <span className="wide-only">{strings.follow}</span>
      </button>
    </>
  );
}
