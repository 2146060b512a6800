import * as l10n from '@vscode/l10n';
import { sessionLimits } from '../../../chatkit/common/sessions/sessionSource.ts';
import type { SessionDraft, StateVariable } from '../../common/draft.ts';
import { type Choice, askChoice, askText } from '../../../base/vscode/quickInput.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { type StepResult, type StepView, back } from '../../../base/vscode/steps.ts';

type Pick = { readonly to: 'done' | 'add' } | { readonly to: 'edit'; readonly variable: StateVariable };

/** Shows the list of state variables, where the user adds, edits and removes variables until done. */
export async function askVariables(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  let { variables } = draft;
  for (;;) {
    const picked = await askChoice<Pick>({
      ...view,
      placeholder: l10n.t('State variables: {0} of at most {1}', variables.length, sessionLimits.stateVariables),
      choices: choicesOf(variables),
    });
    if (picked === undefined || picked === back) return picked;
    if (picked.to === 'done') return { ...draft, variables };
    const old = picked.to === 'edit' ? picked.variable : undefined;
    const changed = await askVariable({ ...view, canGoBack: true }, old, variables);
    if (changed === undefined) return undefined;
    if (changed === back) continue;
    variables = replaceVariable(variables, old, changed === 'remove' ? undefined : changed);
  }
}

function choicesOf(variables: readonly StateVariable[]): readonly Choice<Pick>[] {
  const add: Choice<Pick> = { label: `$(add) ${l10n.t('Add Variable…')}`, value: { to: 'add' } };
  const done: Choice<Pick> = { label: `$(check) ${l10n.t('Done')}`, value: { to: 'done' } };
  const rows = variables.map((variable): Choice<Pick> => ({
    label: `$(edit) ${variable.name}`,
    description: JSON.stringify(variable.value),
    value: { to: 'edit', variable },
  }));
  const canAdd = variables.length < sessionLimits.stateVariables;
  // The most likely next choice is first: Add for an empty list, Done otherwise.
  return variables.length === 0 ? [add, done] : [done, ...(canAdd ? [add] : []), ...rows];
}

function replaceVariable(
  variables: readonly StateVariable[],
  old: StateVariable | undefined,
  next: StateVariable | undefined,
): readonly StateVariable[] {
  if (old === undefined) return next === undefined ? variables : [...variables, next];
  return variables.flatMap((variable) => (variable === old ? (next === undefined ? [] : [next]) : [variable]));
}

type VariableType = 'text' | 'number' | 'boolean';
interface Entry {
  readonly name: string;
  readonly type: VariableType | 'remove';
  /** The entered text. Preserved when the type changes. */
  readonly text: string;
}
type Ask = (entry: Entry, view: StepView) => Promise<StepResult<Entry>>;

/** Asks for name, type and value of a variable. Back on the first question returns to the list. */
async function askVariable(
  view: StepView,
  old: StateVariable | undefined,
  all: readonly StateVariable[],
): Promise<StepResult<StateVariable | 'remove'>> {
  const taken = new Set(all.filter((variable) => variable !== old).map(({ name }) => name));
  const questions: readonly Ask[] = [
    (entry, at) => askName(entry, at, taken),
    (entry, at) => askType(entry, at, old !== undefined),
    askValue,
  ];
  let entry: Entry = {
    name: old?.name ?? '',
    type: typeOf(old?.value),
    text: old === undefined ? '' : String(old.value),
  };
  for (let index = 0; index < questions.length;) {
    const answer: StepResult<Entry> = await questions[index]?.(entry, view);
    if (answer === undefined) return undefined;
    if (answer === back && index === 0) return back;
    if (answer !== back) entry = answer;
    if (entry.type === 'remove') return 'remove';
    index += answer === back ? -1 : 1;
  }
  return { name: entry.name, value: valueOf(entry) };
}

async function askName(entry: Entry, view: StepView, taken: ReadonlySet<string>): Promise<StepResult<Entry>> {
  const maxLength = sessionLimits.stateVariableName;
  const name = await askText({
    ...view,
    prompt: formatMessage(l10n.t('Name of the state variable, at most {0} characters'), maxLength),
    value: entry.name,
    exact: true,
    validate: (text) => {
      if (text === '') return l10n.t('Enter a name.');
      if (text.length > maxLength)
        return formatMessage(
          l10n.t('A name can have at most {0} characters; this one has {1}.'),
          maxLength,
          text.length,
        );
      return taken.has(text) ? l10n.t('A variable with this name already exists.') : undefined;
    },
  });
  return typeof name === 'string' ? { ...entry, name } : name;
}

async function askType(entry: Entry, view: StepView, canRemove: boolean): Promise<StepResult<Entry>> {
  const remove = { value: 'remove', label: `$(trash) ${l10n.t('Remove Variable')}` } as const;
  const type = await askChoice<Entry['type']>({
    ...view,
    placeholder: l10n.t('Type of {0}', entry.name),
    active: entry.type,
    choices: [
      { value: 'text', label: `$(symbol-string) ${l10n.t('Text')}` },
      { value: 'number', label: `$(symbol-numeric) ${l10n.t('Number')}` },
      { value: 'boolean', label: `$(symbol-boolean) ${l10n.t('Boolean')}` },
      ...(canRemove ? [remove] : []),
    ],
  });
  return typeof type === 'string' ? { ...entry, type } : type;
}

async function askValue(entry: Entry, view: StepView): Promise<StepResult<Entry>> {
  if (entry.type === 'boolean') {
    const value = await askChoice<'true' | 'false'>({
      ...view,
      placeholder: l10n.t('Value of {0}', entry.name),
      active: entry.text === 'false' ? 'false' : 'true',
      choices: [
        { value: 'true', label: 'true' },
        { value: 'false', label: 'false' },
      ],
    });
    return typeof value === 'string' ? { ...entry, text: value } : value;
  }
  const text = await askText({
    ...view,
    prompt: formatMessage(l10n.t('Value of {0}'), entry.name),
    value: entry.text,
    exact: true,
    validate: (value) => valueProblem(entry.type, value),
  });
  return typeof text === 'string' ? { ...entry, text } : text;
}

function valueProblem(type: Entry['type'], text: string): string | undefined {
  if (type === 'number') {
    const isNumber = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text.trim()) && Number.isFinite(Number(text));
    return isNumber ? undefined : l10n.t('Enter a number, for example 3 or 0.5.');
  }
  const maxLength = sessionLimits.stateVariableText;
  return text.length > maxLength ? l10n.t('A text can have at most {0} characters.', maxLength) : undefined;
}

function typeOf(value: StateVariable['value'] | undefined): VariableType {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}

function valueOf({ type, text }: Entry): StateVariable['value'] {
  if (type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}
