import * as l10n from '@vscode/l10n';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { VsButton } from '../../../base/webview/controls/buttons.tsx';
import { useConversation, useItemDraft, useSending } from '../context.ts';

interface Props {
  readonly itemId: string;
  readonly tool: string;
}

/** Form for the output of an open client tool call, sent instead of the application's. Validates the JSON before sending. */
export function ToolOutputForm({ itemId, tool }: Props) {
  const { host, threadId, announce } = useConversation();
  const [text, setText, forget] = useItemDraft(itemId, '');
  const [last, setLast] = useState<string | null>(null);
  const { busy, problem, send, setProblem } = useSending();
  const id = useId();

  useEffect(() => {
    let active = true;
    host.request('lastOutput', { threadId, tool }).then(
      ({ json }) => active && setLast(json),
      () => undefined,
    );
    return () => {
      active = false;
    };
  }, [host, threadId, tool]);

  const submit = async () => {
    if (busy) return;
    const invalid = jsonProblem(text);
    if (invalid !== null)
      return setProblem(
        invalid === '' ? l10n.t('Enter JSON. Enter null for an empty output.') : l10n.t('Invalid JSON: {0}', invalid),
      );
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
          if (problem !== null) setProblem(null);
        }}
        onKeyDown={onKeyDown}
      />
      {problem !== null && (
        <p className="problem-text" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      <p className="answer-actions">
        <VsButton look="primary" aria-disabled={busy} onClick={() => void submit()}>
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

/** Returns null for valid JSON, an empty string for empty input, else the parser's message. */
function jsonProblem(text: string): string | null {
  if (text.trim() === '') return '';
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
