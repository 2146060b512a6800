import { useEffect, useRef, useState } from 'react';
import type { WidgetActionRequest } from '../common/actions/action.ts';
import { fillIn } from '../common/strings.ts';
import { useWidgetHost } from './context.ts';
import { Glyph } from './icons/IconGlyph.tsx';
import { shellIcons } from './icons/namedIcons.ts';

interface ActionResultProps {
  readonly request: WidgetActionRequest;
  /** The source can send: then it was sent, unless the embedding app is to handle it. */
  readonly canSend: boolean;
  readonly onClose: () => void;
}

/** What an action would send, where nothing can be sent or where it is the embedding app's to handle. */
export function ActionResult({ request, canSend, onClose }: ActionResultProps) {
  const { strings } = useWidgetHost();
  const { type, payload, handler, loadingBehavior, loading, streaming, conflicts } = request;
  const json = JSON.stringify({ type, payload }, null, 2);
  const title = handler === 'client' ? strings.forTheApp : canSend ? strings.wasSent : strings.wouldSend;
  const behaviour = loadingBehavior === loading ? loading : `${loadingBehavior} → ${loading}`;
  return (
    <section className="ck-result" role="status" aria-label={title}>
      <header>
        <span className="ck-result-title">{title}</span>
        <CopyButton text={json} />
        <button type="button" className="ck-clear" aria-label={strings.close} title={strings.close} onClick={onClose}>
          <Glyph shape={shellIcons.close} size={14} />
        </button>
      </header>
      <pre tabIndex={0}>{json}</pre>
      <p>
        {strings.handler}: {handler} · {strings.loading}: {behaviour}
        {!streaming && ` · ${strings.streaming}`}
      </p>
      {conflicts.length > 0 && (
        <p className="ck-result-conflict" role="alert">
          {fillIn(strings.fieldConflict, conflicts.join(', '))}
        </p>
      )}
    </section>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const { strings } = useWidgetHost();
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
      {copied ? strings.copied : strings.copy}
    </button>
  );
}
