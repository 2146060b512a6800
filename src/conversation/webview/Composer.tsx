import * as l10n from '@vscode/l10n';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { ConversationView, DraftFile } from '../common/protocol.ts';
import { Icon, IconButton } from '../../base/webview/controls/buttons.tsx';
import { type Mention, mentionToken } from '../common/mentions.ts';
import { useConversation, useItemDraft } from './context.ts';
import { MentionForm } from './MentionForm.tsx';
import { TranscribeButton } from './TranscribeButton.tsx';
import { MessageOptions } from './MessageOptions.tsx';
import { useDraft, useMessageHistory } from './useDraft.ts';

interface Props {
  readonly conversation: ConversationView;
  /** Why the thread accepts no messages. */
  readonly blocked: string | undefined;
  readonly onSent: () => void;
}

/** The message field. Enter sends, Shift+Enter inserts a new line. */
export function Composer({ conversation, blocked, onSent }: Props) {
  const { host, threadId, isNew } = useConversation();
  const { running, draft: saved, sendAgain } = conversation;
  const draft = useDraft(saved);
  const history = useMessageHistory(draft);
  const selected = useSelectedText();
  const sendAgainHint = useId();
  const [open, setOpen] = useState<'options' | 'mention' | null>(null);
  const optionsOpen = open === 'options';
  const [mentions, setMentions] = useItemDraft<readonly Mention[]>('mentions', []);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const options = useRef<HTMLDivElement>(null);

  // They are before their buttons in the tab order.
  useEffect(() => {
    if (open !== null) options.current?.querySelector('input')?.focus();
  }, [open]);

  useEffect(() => {
    if (isNew) field.current?.focus();
  }, [isNew]);

  const uploading = saved.files.some(({ state }) => state === 'uploading');
  const hasContent = draft.text.trim() !== '' || saved.files.some(({ state }) => state === 'ready');
  const canSend = blocked === undefined && running === null && hasContent && !uploading;
  const send = () => {
    if (!canSend) return;
    host.notify('sendMessage', {
      threadId,
      text: draft.text,
      quote: draft.quote,
      ...(mentions.length === 0 ? {} : { mentions: [...mentions] }),
    });
    setProblem(null);
    draft.clear();
    history.reset();
    field.current?.focus();
    onSent();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (history.onKeyDown(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const closeOptions = () => {
    setOpen(null);
    field.current?.focus();
  };
  const onOptionsKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    closeOptions();
  };
  const removeQuote = () => {
    draft.write(draft.text, null);
    field.current?.focus();
  };
  const append = (text: string) => draft.write([draft.text.trimEnd(), text].filter(Boolean).join(' '));
  const stop = () => {
    if (running?.allowCancel !== true) return;
    host.notify('stop', { threadId });
    field.current?.focus();
  };

  return (
    <section className="composer" aria-label={l10n.t('Composer')}>
      {draft.quote !== null && (
        <div className="composer-quote">
          <blockquote className="quote plain">{draft.quote}</blockquote>
          <IconButton icon="close" label={l10n.t('Remove quote')} onClick={removeQuote} />
        </div>
      )}
      {saved.files.length > 0 && <DraftFiles files={saved.files} onDetach={() => field.current?.focus()} />}
      <textarea
        ref={field}
        aria-label={l10n.t('Message')}
        placeholder={blocked ?? l10n.t('Message the server (Enter to send, Shift+Enter for a new line)')}
        disabled={blocked !== undefined}
        rows={1}
        value={draft.text}
        onChange={(event) => draft.write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {problem !== null && (
        <p className="problem-text" role="alert">
          {problem}
        </p>
      )}
      {open !== null && (
        <div ref={options} onKeyDown={onOptionsKeyDown}>
          {open === 'mention' ? (
            <MentionForm
              onAdd={(mention) => {
                setMentions([...mentions.slice(-99), mention]);
                append(`${mentionToken(mention)} `);
                closeOptions();
              }}
            />
          ) : (
            <MessageOptions model={saved.model} tool={saved.tool} />
          )}
        </div>
      )}
      <div className="composer-bar">
        <IconButton
          icon="attach"
          label={l10n.t('Attach files')}
          disabled={blocked !== undefined}
          onClick={() => host.notify('attach', { threadId })}
        />
        <IconButton
          icon="quote"
          label={l10n.t('Quote selected text')}
          disabled={blocked !== undefined || selected === ''}
          // Prevents the press from clearing the selection.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            draft.write(draft.text, selected);
            field.current?.focus();
          }}
        />
        <IconButton
          icon="settings"
          label={l10n.t('Model and tool')}
          aria-expanded={optionsOpen}
          onClick={() => setOpen(optionsOpen ? null : 'options')}
        />
        <IconButton
          icon="mention"
          label={l10n.t('Mention an entity')}
          disabled={blocked !== undefined}
          aria-expanded={open === 'mention'}
          onClick={() => setOpen(open === 'mention' ? null : 'mention')}
        />
        <TranscribeButton
          disabled={blocked !== undefined}
          onText={(text) => {
            append(text);
            field.current?.focus();
          }}
          onProblem={setProblem}
        />
        <IconButton
          icon="sync"
          label={l10n.t('Send Again on Save')}
          role="switch"
          aria-checked={sendAgain}
          aria-describedby={sendAgainHint}
          disabled={isNew}
          onClick={() => host.notify('sendAgain', { threadId, on: !sendAgain })}
        />
        <span id={sendAgainHint} className="visually-hidden">
          {l10n.t('After a file is saved and the server responds, the last message is sent to a new thread.')}
        </span>
        {!optionsOpen && <span className="quiet chosen">{[saved.model, saved.tool].filter(Boolean).join(' · ')}</span>}
        <span className="composer-buttons">
          {running ? (
            <IconButton
              icon="debug-stop"
              label={l10n.t('Stop')}
              className="stop"
              aria-disabled={!running.allowCancel}
              aria-description={running.allowCancel ? undefined : l10n.t('Stop (the server does not allow it)')}
              onClick={stop}
            />
          ) : (
            <button
              type="button"
              className="send-button"
              aria-label={l10n.t('Send')}
              title={l10n.t('Send')}
              disabled={!canSend}
              onClick={send}
            >
              <Icon name="send" />
            </button>
          )}
        </span>
      </div>
    </section>
  );
}

/** Maximum length of a quote in characters. */
const maxQuote = 20_000;

/** Returns the selected text of the transcript; empty if none. */
function useSelectedText(): string {
  const [text, setText] = useState('');
  useEffect(() => {
    const read = () => {
      const selection = document.getSelection();
      const { anchorNode = null, focusNode = null } = selection ?? {};
      const inFeed = (node: Node | null) => node?.parentElement?.closest('.row-content') != null;
      const selected = inFeed(anchorNode) && inFeed(focusNode) ? (selection?.toString().trim() ?? '') : '';
      setText(selected.slice(0, maxQuote));
    };
    document.addEventListener('selectionchange', read);
    return () => document.removeEventListener('selectionchange', read);
  }, []);
  return text;
}

const icons = { uploading: 'loading', ready: 'file', failed: 'error' } as const;

/** The attachments of the next message with the state of their uploads. */
function DraftFiles({ files, onDetach }: { readonly files: readonly DraftFile[]; readonly onDetach: () => void }) {
  const { host, threadId } = useConversation();
  return (
    <ul className="draft-files" aria-label={l10n.t('Attachments')}>
      {files.map(({ key, name, state, message }) => (
        <li key={key} className={`draft-file ${state}`}>
          <Icon name={icons[state]} spin={state === 'uploading'} />
          <span className="draft-file-name">{name}</span>
          {state === 'uploading' && <span className="quiet">{l10n.t('Uploading…')}</span>}
          {state === 'failed' && (
            <span className="problem-text" role="alert">
              {l10n.t('Not uploaded')}: {message}
            </span>
          )}
          <IconButton
            icon="close"
            label={l10n.t('Remove {0}', name)}
            className="small"
            onClick={() => {
              host.notify('detach', { threadId, key });
              onDetach();
            }}
          />
        </li>
      ))}
    </ul>
  );
}
