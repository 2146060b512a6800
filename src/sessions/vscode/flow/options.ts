import * as l10n from '@vscode/l10n';
import { isLatest, sessionLimits } from '../../../chatkit/common/sessionSource.ts';
import {
  type SessionDraft,
  type SessionOption,
  type StateVariable,
  sessionOptions,
} from '../../common/sessionDraft.ts';
import { type Choice, askChoice, askMany, askText } from '../../../base/vscode/quickInput.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { type Step, type StepResult, type StepView, back, namedStep } from '../../../base/vscode/steps.ts';

/** Asks which options to set. Only these are sent. */
export async function askOptions(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const chosen = await askMany<SessionOption>({
    ...view,
    placeholder: l10n.t('Select options to set. Unselected options use the server default.'),
    picked: draft.chosen,
    choices: sessionOptions.map((value) => ({ value, ...optionText(value) })),
  });
  return chosen === undefined || chosen === back ? chosen : { ...draft, chosen };
}

/** Returns the steps of one option. The first has the option as its ID. */
export function optionSteps(option: SessionOption, draft: SessionDraft): readonly Step<SessionDraft>[] {
  const [first, ...others] = questionsOf(option, draft);
  return first === undefined ? others : [namedStep(option, first), ...others];
}

/** Returns how many steps of the selected options follow the choice of options until no answer can add another step. */
export function stepsUntilCounted(draft: SessionDraft): number {
  let count = 0;
  let last = 0;
  for (const option of draft.chosen) {
    // The answer *On* adds questions.
    if (option === 'uploads' || option === 'history') last = count + 1;
    count += questionsOf(option, draft).length;
  }
  return last;
}

function questionsOf(option: SessionOption, draft: SessionDraft): readonly Step<SessionDraft>[] {
  switch (option) {
    case 'version':
      return [askVersion];
    case 'variables':
      return [askVariables];
    case 'tracing':
      return [switchStep('tracing', l10n.t('Turn workflow tracing on or off'))];
    case 'expiry':
      return [askExpiry];
    case 'rateLimit':
      return [askRateLimit];
    case 'titling':
      return [switchStep('titling', l10n.t('Turn automatic thread titles on or off'))];
    case 'uploads':
      return [
        switchStep('uploads', l10n.t('Turn file uploads on or off')),
        ...(draft.uploads ? [askFileSize, askFileCount] : []),
      ];
    case 'history':
      return [
        switchStep('history', l10n.t('Turn the history of earlier threads on or off')),
        ...(draft.history ? [askRecentThreads] : []),
      ];
  }
}

/** Returns the name of an option and the server's default. */
export function optionText(option: SessionOption): { readonly label: string; readonly detail: string } {
  switch (option) {
    case 'version':
      return { label: l10n.t('Version'), detail: l10n.t('Default: latest deployed version') };
    case 'variables':
      return { label: l10n.t('State Variables'), detail: l10n.t('Default: none') };
    case 'tracing':
      return { label: l10n.t('Tracing'), detail: l10n.t('Default: on') };
    case 'expiry':
      return { label: l10n.t('Expiry'), detail: l10n.t('Default: 600 seconds') };
    case 'rateLimit':
      return { label: l10n.t('Rate Limit'), detail: l10n.t('Default: 10 requests per minute') };
    case 'titling':
      return { label: l10n.t('Automatic Titles'), detail: l10n.t('Default: on') };
    case 'uploads':
      return { label: l10n.t('Uploads'), detail: l10n.t('Default: off') };
    case 'history':
      return { label: l10n.t('History'), detail: l10n.t('Default: on, with all threads') };
  }
}

async function askVersion(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const version = await askText({
    ...view,
    prompt: l10n.t('Workflow version'),
    value: draft.version,
    placeholder: '3',
    validate: (text) => (text.trim() === '' ? l10n.t('Enter a version.') : undefined),
    warn: (text) =>
      isLatest(text)
        ? formatMessage(
            l10n.t(
              '“{0}” is not a valid version: the session is created, but the chat fails. Omit the version to use the latest one.',
            ),
            text.trim(),
          )
        : undefined,
  });
  return typeof version === 'string' ? { ...draft, version } : version;
}

function switchStep(field: 'tracing' | 'titling' | 'uploads' | 'history', placeholder: string): Step<SessionDraft> {
  return async (draft, view) => {
    const on = await askChoice<boolean>({
      ...view,
      placeholder,
      active: draft[field],
      choices: [
        { value: true, label: l10n.t('On') },
        { value: false, label: l10n.t('Off') },
      ],
    });
    return typeof on === 'boolean' ? { ...draft, [field]: on } : on;
  };
}

async function askExpiry(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const { expirySeconds: maxSeconds } = sessionLimits;
  const text = await askText({
    ...view,
    prompt: formatMessage(l10n.t('Seconds until the session expires, 1 to {0}'), maxSeconds),
    value: String(draft.expirySeconds),
    validate: (value) => wholeNumberProblem(value, 1, maxSeconds),
  });
  return typeof text === 'string' ? { ...draft, expirySeconds: Number(text) } : text;
}

async function askRateLimit(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const text = await askText({
    ...view,
    prompt: l10n.t('Requests per minute, at least 1'),
    value: String(draft.requestsPerMinute),
    validate: (value) => wholeNumberProblem(value, 1),
  });
  return typeof text === 'string' ? { ...draft, requestsPerMinute: Number(text) } : text;
}

const askFileSize = optionalNumberStep(
  'maxFileSize',
  () => l10n.t('Maximum file size in megabytes, 1 to {0} (empty: server default)', sessionLimits.fileSizeMegabytes),
  sessionLimits.fileSizeMegabytes,
);
const askFileCount = optionalNumberStep('maxFiles', () =>
  l10n.t('Maximum number of files, at least 1 (empty: server default)'),
);
const askRecentThreads = optionalNumberStep('recentThreads', () =>
  l10n.t('Number of recent threads, at least 1 (empty: all threads)'),
);

function optionalNumberStep(
  field: 'maxFileSize' | 'maxFiles' | 'recentThreads',
  prompt: () => string,
  max?: number,
): Step<SessionDraft> {
  return async (draft, view) => {
    const text = await askText({
      ...view,
      prompt: prompt(),
      value: draft[field]?.toString() ?? '',
      validate: (value) => optionalNumberProblem(value, 1, max),
    });
    return typeof text === 'string' ? { ...draft, [field]: text === '' ? undefined : Number(text) } : text;
  };
}

/** Returns the problem of `text` as a whole number from `min` to `max`, or undefined. */
function wholeNumberProblem(text: string, min: number, max?: number): string | undefined {
  const value = Number(text.trim());
  const inRange = value >= min && value <= (max ?? Number.MAX_SAFE_INTEGER);
  if (/^\d+$/.test(text.trim()) && inRange) return undefined;
  return max === undefined
    ? l10n.t('Enter a whole number of at least {0}.', min)
    : l10n.t('Enter a whole number from {0} to {1}.', min, max);
}

/** Also accepts an empty text, which means that nothing is sent. */
function optionalNumberProblem(text: string, min: number, max?: number): string | undefined {
  return text.trim() === '' ? undefined : wholeNumberProblem(text, min, max);
}

type Pick = { readonly to: 'done' | 'add' } | { readonly to: 'edit'; readonly variable: StateVariable };

/** Shows the list of state variables, where the user adds, edits and removes variables until done. */
async function askVariables(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
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
