import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { Notice } from '../../chatkit/common/stream/events.ts';
import type { ConversationError, ConversationView } from '../common/protocol.ts';
import { ErrorMessage } from '../../base/webview/controls/ErrorText.tsx';
import { Icon, IconButton, VsButton } from '../../base/webview/controls/buttons.tsx';
import { Markdown } from '../../base/webview/markdown/Markdown.tsx';
import { useConversation } from './context.ts';

interface Props {
  readonly conversation: ConversationView;
  /** Called when the user chose a button that is removed by its own effect, and would lose the focus. */
  readonly onLeft: () => void;
}

/** Shows progress, notices, client effects and how the response ended. */
export function ConversationStatus({ conversation, onLeft }: Props) {
  const { host, threadId } = useConversation();
  const { progress, notices, effects, error, ended, running } = conversation;
  const end = ended === null ? null : endTexts[ended]?.();
  const dismissible = notices.length > 0 || effects.length > 0 || error !== null || end != null;
  if (!dismissible && running === null) return null;
  return (
    <div className="conversation-status">
      <NoticesAndEffects notices={notices} effects={effects} />
      {running && (
        <p className="status-line">
          <Icon name="loading" spin /> {progress?.text ?? l10n.t('Responding…')}
        </p>
      )}
      {end != null && (
        <p className="status-line">
          <Icon name={end.icon} /> {end.text}
        </p>
      )}
      {error && <ErrorBanner error={error} onLeft={onLeft} />}
      {dismissible && running === null && (
        <IconButton
          icon="close"
          label={l10n.t('Dismiss')}
          className="dismiss"
          onClick={() => {
            host.notify('dismiss', { threadId });
            onLeft();
          }}
        />
      )}
    </div>
  );
}

/** Lines about how a response ended; a failed one has a banner with its error. */
const endTexts: Partial<Record<string, () => { readonly icon: string; readonly text: string }>> = {
  stopped: () => ({ icon: 'debug-stop', text: l10n.t('Stopped. The partial response was saved.') }),
  incomplete: () => ({
    icon: 'warning',
    text: l10n.t('Response incomplete: the stream ended before an item was finished.'),
  }),
};

/** One notice or effect is shown; several collapse to a line with their numbers. */
function NoticesAndEffects({ notices, effects }: Pick<ConversationView, 'notices' | 'effects'>) {
  const [chosen, setOpen] = useState<boolean | null>(null);
  const count = notices.length + effects.length;
  if (count === 0) return null;
  const open = chosen ?? count === 1;
  const worst = notices.some(({ level }) => level === 'danger')
    ? 'error'
    : notices.some(({ level }) => level === 'warning')
      ? 'warning'
      : 'info';
  return (
    <>
      {count > 1 && (
        <button
          type="button"
          className="status-line notices-toggle"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          {!open && <Icon name={worst} />}
          <span>{[noticesText(notices.length), effectsText(effects.length)].filter(Boolean).join(', ')}</span>
        </button>
      )}
      {open && notices.map((notice, index) => <NoticeBanner key={index} notice={notice} />)}
      {open &&
        effects.map(({ name, data }, index) => (
          <p key={index} className="status-line effect" title={data}>
            <Icon name="zap" /> {l10n.t('Client effect {0}', name)} <code>{data}</code>
          </p>
        ))}
    </>
  );
}

function noticesText(count: number): string {
  return count === 0 ? '' : count === 1 ? l10n.t('1 notice') : l10n.t('{0} notices', count);
}

function effectsText(count: number): string {
  return count === 0 ? '' : count === 1 ? l10n.t('1 effect') : l10n.t('{0} effects', count);
}

const levels: Readonly<Record<string, { readonly icon: string; readonly look: string }>> = {
  warning: { icon: 'warning', look: 'warning' },
  danger: { icon: 'error', look: '' },
};

function NoticeBanner({ notice: { level, title, message } }: { readonly notice: Notice }) {
  const { icon, look } = levels[level] ?? { icon: 'info', look: 'info' };
  return (
    <div className={`banner ${look}`} role="note" aria-label={title ?? l10n.t('Notice')}>
      <Icon name={icon} />
      <div>
        {title !== null && <p className="notice-title">{title}</p>}
        <Markdown text={message} />
      </div>
    </div>
  );
}

interface ErrorProps extends Pick<Props, 'onLeft'> {
  readonly error: ConversationError;
}

function ErrorBanner({ error: { message, detail, retry, action }, onLeft }: ErrorProps) {
  const { host, threadId, capabilities } = useConversation();
  return (
    <div className="banner error" role="alert">
      <Icon name="error" />
      <ErrorMessage message={message} detail={detail}>
        {action !== null && (
          <VsButton onClick={() => host.notify('resolveConversationError', { threadId })}>{action}</VsButton>
        )}
        {retry && capabilities.send && (
          <VsButton
            look="primary"
            onClick={() => {
              host.notify('retry', { threadId });
              onLeft();
            }}
          >
            {l10n.t('Retry')}
          </VsButton>
        )}
      </ErrorMessage>
    </div>
  );
}
