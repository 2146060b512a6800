import * as l10n from '@vscode/l10n';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { VsButton } from '../../../base/webview/controls/VsButton.tsx';
import { useConversation } from '../context.ts';
import { useDraft } from './useDraft.ts';
import { useSending } from './useSending.ts';

interface Props {
  readonly itemId: string;
  readonly tool: string;
}

/** Answers an open client tool call by hand, in place of the application: with JSON that is checked before it is sent. */
export function ToolAnswer({ itemId, tool }: Props) {
  const { host, threadId, announce } = useConversation();
  const [text, setText, forget] = useDraft(itemId, '');
  const [last, setLast] = useState<string | null>(null);
  const { busy, problem, send, say } = useSending();
  const id = useId();

  useEffect(() => {
    let wanted = true;
    host.request('lastOutput', { threadId, tool }).then(
      ({ json }) => wanted && setLast(json),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [host, threadId, tool]);

  const submit = async () => {
    const wrong = jsonProblem(text);
    if (wrong !== null)
      return say(wrong === '' ? l10n.t('Enter JSON, or null for nothing.') : l10n.t('This is not JSON: {0}', wrong));
    announce(l10n.t('Sending…'));
    if (await send(() => host.request('answerTool', { threadId, itemId, json: text }))) forget();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };

  return (
    <div className="answer" role="group" aria-label={l10n.t('Output as JSON')}>
      <label className="value-title" htmlFor={`${id}-json`}>
        {l10n.t('Output as JSON')}
      </label>
      <textarea
        id={`${id}-json`}
        className="code field"
        rows={Math.min(12, Math.max(3, text.split('\n').length))}
        spellCheck={false}
        placeholder="{ }"
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={({ target }) => {
          setText(target.value);
          if (problem !== null) say(null);
        }}
        onKeyDown={onKeyDown}
      />
      {problem !== null && (
        <p className="problem-text" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      <p className="answer-actions">
        <VsButton look="primary" disabled={busy} onClick={() => void submit()}>
          {busy ? l10n.t('Sending…') : l10n.t('Send Output')}
        </VsButton>
        {last !== null && last !== text && (
          <VsButton disabled={busy} title={last.slice(0, 500)} onClick={() => setText(last)}>
            {l10n.t('Last Output')}
          </VsButton>
        )}
      </p>
    </div>
  );
}

/** Null for JSON, the empty text for nothing at all, else what is wrong. */
function jsonProblem(text: string): string | null {
  if (text.trim() === '') return '';
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
