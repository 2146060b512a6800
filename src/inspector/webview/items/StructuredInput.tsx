import * as l10n from '@vscode/l10n';
import type { StructuredInputField } from '../../../chatkit/common/model/item.ts';
import { Icon } from '../../../base/webview/controls/buttons.tsx';
import { useInspector, useViewState, useWaitingUntil } from '../state/context.tsx';
import { InputForm } from '../../../conversation/webview/items/InputForm.tsx';
import type { ItemOf, KindView } from './kind.ts';

export const structuredInput: KindView<'structured_input'> = {
  icon: 'question',
  label: () => l10n.t('Structured input'),
  Body,
  texts: ({ inputs }) =>
    inputs.flatMap(({ question, description, options, answer }) => [
      question,
      description ?? '',
      ...options,
      ...(answer?.values ?? []),
    ]),
  extraHeight: 29,
};

function Body({ item }: { readonly item: ItemOf<'structured_input'> }) {
  const { formats } = useInspector();
  const { capabilities, activity } = useViewState();
  const canAnswer = item.status === 'pending' && capabilities.answerForms && !activity.deleted;
  const until = useWaitingUntil(item.status === 'pending');
  const statusText = {
    pending:
      item.createdAt === null
        ? l10n.t('waiting for answers')
        : l10n.t('waiting for answers, {0}', formats.waiting(until - item.createdAt)),
    answered: l10n.t('answered'),
    skipped: l10n.t('skipped'),
    unknown: '',
  }[item.status];
  return (
    <>
      {statusText !== '' && (
        <p className="facts">
          <span className={`badge ${item.status === 'pending' ? 'warning' : ''}`}>
            <Icon name={item.status === 'pending' ? 'clockface' : 'pass'} /> {statusText}
          </span>
        </p>
      )}
      {canAnswer ? (
        <InputForm item={item} />
      ) : (
        <dl className="inputs">
          {item.inputs.map((input) => (
            <Field key={input.id} input={input} isPending={item.status === 'pending'} />
          ))}
        </dl>
      )}
    </>
  );
}

function Field({ input, isPending }: { readonly input: StructuredInputField; readonly isPending: boolean }) {
  const { question, description, options, answer } = input;
  const given = answer?.values ?? [];
  const freeform = given.filter((value) => !options.includes(value));
  return (
    <div>
      <dt>{question}</dt>
      {description !== null && <dd className="quiet">{description}</dd>}
      {options.map((option, index) => (
        <dd key={index} className={given.includes(option) ? 'chosen' : 'quiet'}>
          <Icon name={given.includes(option) ? 'pass-filled' : 'circle-large'} /> {option}
        </dd>
      ))}
      {freeform.map((value, index) => (
        <dd key={index} className="chosen plain">
          {value}
        </dd>
      ))}
      {given.length === 0 && (
        <dd className="quiet">
          {answer?.skipped === true ? l10n.t('skipped') : isPending ? l10n.t('Not answered yet') : l10n.t('No answer')}
        </dd>
      )}
    </div>
  );
}
