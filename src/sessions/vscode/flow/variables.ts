import * as l10n from '@vscode/l10n';
import { sessionLimits } from '../../../chatkit/common/sessions/createSession.ts';
import type { SessionDraft, StateVariable } from '../../common/draft.ts';
import { askChoice, askText, type Choice } from '../../../base/vscode/quickInput.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { back, type Answer, type StepView } from '../../../base/vscode/steps.ts';

type Pick = { readonly to: 'done' | 'add' } | { readonly to: 'edit'; readonly variable: StateVariable };

/** The list of state variables: add, change, remove, until it is right. */
export async function askVariables(draft: SessionDraft, view: StepView): Promise<Answer<SessionDraft>> {
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
    variables = replaced(variables, old, changed === 'remove' ? undefined : changed);
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
  // Whatever is next stands first: adding the first one, then being done.
  return variables.length === 0 ? [add, done] : [done, ...(canAdd ? [add] : []), ...rows];
}

function replaced(
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
  /** As typed; kept while the type changes. */
  readonly text: string;
}
type Ask = (entry: Entry, view: StepView) => Promise<Answer<Entry>>;

/** Name, type and value of one variable; Back before the first question goes back to the list. */
async function askVariable(
  view: StepView,
  old: StateVariable | undefined,
  all: readonly StateVariable[],
): Promise<Answer<StateVariable | 'remove'>> {
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
    const answer: Answer<Entry> = await questions[index]?.(entry, view);
    if (answer === undefined) return undefined;
    if (answer === back && index === 0) return back;
    if (answer !== back) entry = answer;
    if (entry.type === 'remove') return 'remove';
    index += answer === back ? -1 : 1;
  }
  return { name: entry.name, value: valueOf(entry) };
}

async function askName(entry: Entry, view: StepView, taken: ReadonlySet<string>): Promise<Answer<Entry>> {
  const most = sessionLimits.stateVariableName;
  const name = await askText({
    ...view,
    prompt: formatMessage(l10n.t('Name of the state variable, at most {0} characters'), most),
    value: entry.name,
    exact: true,
    validate: (text) => {
      if (text === '') return l10n.t('Enter a name.');
      if (text.length > most)
        return formatMessage(l10n.t('A name has at most {0} characters; this one has {1}.'), most, text.length);
      return taken.has(text) ? l10n.t('There is a variable of this name already.') : undefined;
    },
  });
  return typeof name === 'string' ? { ...entry, name } : name;
}

async function askType(entry: Entry, view: StepView, canRemove: boolean): Promise<Answer<Entry>> {
  const remove = { value: 'remove', label: `$(trash) ${l10n.t('Remove This Variable')}` } as const;
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

async function askValue(entry: Entry, view: StepView): Promise<Answer<Entry>> {
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
  const most = sessionLimits.stateVariableText;
  return text.length > most ? l10n.t('A text has at most {0} characters.', most) : undefined;
}

function typeOf(value: StateVariable['value'] | undefined): VariableType {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}

function valueOf({ type, text }: Entry): StateVariable['value'] {
  if (type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}
