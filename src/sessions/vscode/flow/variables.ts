import * as l10n from '@vscode/l10n';
import { sessionLimits } from '../../../chatkit/common/sessions/createSession.ts';
import type { SessionDraft, StateVariable } from '../../common/draft.ts';
import { askChoice, type Choice } from '../../../base/vscode/quickInput.ts';
import { back, type StepResult, type StepView } from '../../../base/vscode/steps.ts';
import { askVariable } from './variable.ts';

type Pick = { readonly to: 'done' | 'add' } | { readonly to: 'edit'; readonly variable: StateVariable };

/** The list of state variables: add, change, remove, until it is right. */
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
