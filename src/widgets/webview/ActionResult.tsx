import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'react';
import type { WidgetActionRequest } from '../common/actions/action.ts';
import { Glyph } from './icons/IconGlyph.tsx';
import { controlIcons } from './icons/namedIcons.ts';

interface ActionResultProps {
  readonly request: WidgetActionRequest;
  /** Whether the source can send: then the request was sent, unless it is for the embedding app. */
  readonly canSend: boolean;
  /** Sends an action for the embedding app to the server, as most apps do; null where that is not possible. */
  readonly onForward: (() => void) | null;
  readonly onClose: () => void;
}

/** The request of an action: one that was not sent, or one that was sent without some fields. */
export function ActionResult({ request, canSend, onForward, onClose }: ActionResultProps) {
  const { type, payload, handler, loadingBehavior, loading, streaming, conflicts } = request;
  const json = JSON.stringify({ type, payload }, null, 2);
  const title =
    handler === 'client'
      ? l10n.t('For the embedding app (not sent)')
      : canSend
        ? l10n.t('Sent')
        : l10n.t('Not sent (this source cannot send actions)');
  const behaviour = loadingBehavior === loading ? loading : `${loadingBehavior} → ${loading}`;
  return (
    <section className="ck-result" role="status" aria-label={title}>
      <header>
        <span className="ck-result-title">{title}</span>
        {onForward !== null && (
          <button type="button" className="ck-link" onClick={onForward}>
            {l10n.t('Send to Server')}
          </button>
        )}
        <CopyButton text={json} />
        <button
          type="button"
          className="ck-clear"
          aria-label={l10n.t('Close')}
          title={l10n.t('Close')}
          onClick={onClose}
        >
          <Glyph shape={controlIcons.close} size={14} />
        </button>
      </header>
      <pre tabIndex={0}>{json}</pre>
      <p>
        {l10n.t('Handler')}: {handler} · {l10n.t('Loading')}: {behaviour}
        {!streaming && ` · ${l10n.t('Synchronous action')}`}
      </p>
      {conflicts.length > 0 && (
        <p className="ck-result-conflict" role="alert">
          {l10n.t('Dropped because the payload already has a value: {0}', conflicts.join(', '))}
        </p>
      )}
    </section>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <button type="button" className="ck-link" onClick={() => void copy()}>
      {copied ? l10n.t('Copied') : l10n.t('Copy')}
    </button>
  );
}
