import * as l10n from '@vscode/l10n';
import { pathText } from '../../../chatkit/common/sessions/jsonPath.ts';
import { placeholderText } from '../../common/placeholders.ts';
import { checkCreateSession } from '../../../chatkit/common/sessions/problems.ts';
import { fillTemplate, wantedType, type Read, type Template } from '../../common/template.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { askChoice, askText } from '../../../base/vscode/quickInput.ts';
import type { StepResult, Step } from '../../../base/vscode/steps.ts';

/** Values of `${input:name}`, by name. */
export type Inputs = ReadonlyMap<string, string>;

/** The question for one `${input:name}`, checked against every place that its value goes to. */
export function inputStep(template: Template, read: Read): Step<Inputs> {
  const { name } = read.placeholder;
  const places = read.paths.map(pathText).join(', ');
  const isSwitch = read.paths.some((path) => wantedType(template, path) === 'boolean');
  return async (inputs, view): Promise<StepResult<Inputs>> => {
    const value = isSwitch
      ? await askChoice<string>({
          ...view,
          placeholder: l10n.t('{0} (for {1})', name, places),
          active: inputs.get(name),
          choices: ['true', 'false'].map((label) => ({ label, value: label })),
        })
      : await askText({
          ...view,
          prompt: formatMessage(l10n.t('{0} (for {1})'), name, places),
          value: inputs.get(name) ?? '',
          exact: true,
          validate: (text) => problemOf(template, read, text),
        });
    return typeof value === 'string' ? new Map([...inputs, [name, value]]) : value;
  };
}

/** Other placeholders stay as they are written: whatever is wrong because of them is not this question's business. */
function problemOf(template: Template, { placeholder, paths }: Read, text: string): string | undefined {
  const own = placeholderText(placeholder);
  const body = fillTemplate(template, (other) => (placeholderText(other) === own ? text : placeholderText(other)));
  const mine = new Set(paths.map(pathText));
  const problem = checkCreateSession(body).find(({ path, code }) => code !== 'unknown' && mine.has(pathText(path)));
  return problem === undefined ? undefined : `${pathText(problem.path)} ${problem.message}.`;
}
