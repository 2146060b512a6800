import * as l10n from '@vscode/l10n';
import { type FormEvent, useId, useRef, useState } from 'react';
import type { StructuredInputField, StructuredInputItem } from '../../../chatkit/common/model/item.ts';
import { VsButton } from '../../../base/webview/controls/buttons.tsx';
import { useConversation, useItemDraft, useSending } from '../context.ts';
import {
  type FieldAnswer,
  type FieldAnswers,
  answersOf,
  customAnswer,
  emptyAnswer,
  toggleOption,
  unansweredIds,
  withCustomAnswer,
} from './inputAnswers.ts';

const nothing: FieldAnswers = {};

/** Form that answers a pending structured input instead of the end user. Each field, or all of them, can be skipped. */
export function InputForm({ item }: { readonly item: Pick<StructuredInputItem, 'id' | 'inputs'> }) {
  const { host, threadId } = useConversation();
  const [answers, setAnswers, forget] = useItemDraft(item.id, nothing);
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const { busy, problem, send } = useSending();
  const form = useRef<HTMLFormElement>(null);

  const answer = async (status: 'answered' | 'skipped', answers: Record<string, FieldAnswer>) => {
    const request = () => host.request('answerForm', { threadId, itemId: item.id, status, answers: toSend(answers) });
    if (await send(request)) forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const open = unansweredIds(item.inputs, answers);
    setMissing(new Set(open));
    if (open.length === 0) return void answer('answered', answersOf(item.inputs, answers));
    const first = item.inputs.findIndex(({ id }) => id === open[0]);
    form.current?.querySelectorAll('fieldset')[first]?.querySelector<HTMLElement>('input, textarea')?.focus();
  };

  return (
    <form className="input-form" ref={form} onSubmit={submit} aria-label={l10n.t('Structured input')}>
      {item.inputs.map((input, index) => (
        <Field
          key={`${input.id}-${index}`}
          input={input}
          answers={answers[input.id] ?? emptyAnswer}
          missing={missing.has(input.id)}
          onChange={(next) => {
            setAnswers({ ...answers, [input.id]: next });
            setMissing((before) => new Set([...before].filter((id) => id !== input.id)));
          }}
        />
      ))}
      {problem !== null && (
        <p className="problem-text" role="alert">
          {problem}
        </p>
      )}
      <p className="answer-actions">
        <VsButton look="primary" type="submit" aria-disabled={busy}>
          {busy ? l10n.t('Sending…') : l10n.t('Send Answers')}
        </VsButton>
        <VsButton aria-disabled={busy} onClick={() => void answer('skipped', {})}>
          {l10n.t('Skip All')}
        </VsButton>
      </p>
    </form>
  );
}

/** Copies the answers: the request's parameters are mutable types. */
function toSend(answers: Record<string, FieldAnswer>): Record<string, { values: string[]; skipped: boolean }> {
  return Object.fromEntries(
    Object.entries(answers).map(([id, { values, skipped }]) => [id, { values: [...values], skipped }]),
  );
}

interface FieldProps {
  readonly input: StructuredInputField;
  readonly answers: FieldAnswer;
  readonly missing: boolean;
  readonly onChange: (answers: FieldAnswer) => void;
}

function Field({ input, answers, missing, onChange }: FieldProps) {
  const id = useId();
  const { question, description, type, options, multiple } = input;
  const notes = [...(description === null ? [] : [`${id}-about`]), ...(missing ? [`${id}-missing`] : [])].join(' ');
  return (
    <fieldset aria-describedby={notes || undefined}>
      <legend id={`${id}-question`}>{question}</legend>
      {description !== null && (
        <p className="quiet" id={`${id}-about`}>
          {description}
        </p>
      )}
      {type === 'multiple_choice' ? (
        <>
          {options.map((option, index) => (
            <label key={index} className="option">
              <input
                type={multiple ? 'checkbox' : 'radio'}
                name={id}
                checked={!answers.skipped && answers.values.includes(option)}
                onChange={() => onChange(toggleOption(input, answers, option))}
              />
              <span>{option}</span>
            </label>
          ))}
          <input
            type="text"
            className="field"
            aria-label={l10n.t('Another answer to “{0}”', question)}
            placeholder={l10n.t('Another answer')}
            value={answers.skipped ? '' : customAnswer(input, answers)}
            onChange={({ target }) => onChange(withCustomAnswer(input, answers, target.value))}
          />
        </>
      ) : (
        <textarea
          className="field"
          rows={2}
          aria-labelledby={`${id}-question`}
          value={answers.skipped ? '' : (answers.values[0] ?? '')}
          onChange={({ target }) => onChange({ values: target.value === '' ? [] : [target.value], skipped: false })}
        />
      )}
      <label className="option quiet">
        <input
          type="checkbox"
          checked={answers.skipped}
          onChange={({ target }) => onChange({ values: [], skipped: target.checked })}
        />
        <span>{l10n.t('Skip')}</span>
      </label>
      {missing && (
        <p className="problem-text" id={`${id}-missing`}>
          {l10n.t('Enter an answer or skip this question.')}
        </p>
      )}
    </fieldset>
  );
}
