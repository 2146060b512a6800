import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { type JsonObject, pathText } from '../../../base/common/json.ts';
import {
  type Inputs,
  type Placeholder,
  type PlaceholderUse,
  placeholderText,
} from '../../../base/common/placeholders.ts';
import { type Template, placeholderUses, requiredType, resolveTemplate } from '../../common/template.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { canReadEnvironment, confirmValues } from '../../../base/vscode/placeholderValues.ts';
import { type Step, type StepResult, runSteps } from '../../../base/vscode/steps.ts';
import { askChoice, askText } from '../../../base/vscode/quickInput.ts';
import { checkCreateSession } from '../../../chatkit/common/sessionSource.ts';

interface ResolveOptions {
  /** The request, plus `connection` if that contains placeholders. */
  readonly template: Template;
  /** The connection, or its name if that contains placeholders. */
  readonly target: Connection | string;
  /** Values entered the last time, used as defaults. */
  readonly previous: Inputs;
}

/**
 * Resolves the placeholders of a template: shows what will be read and sent, asks for inputs, reads the environment.
 * Returns undefined when the user cancels, or after a notification when a variable cannot be read.
 */
export async function resolvePlaceholders(
  { template, target, previous }: ResolveOptions,
  saveInputs: (inputs: Inputs) => void,
): Promise<JsonObject | undefined> {
  const uses = placeholderUses(template);
  if (uses.length === 0) return resolveTemplate(template, () => undefined);
  const notSet = l10n.t('Environment variables not set in the extension host: {0}. No session was created.');
  if (!(await canReadEnvironment(uses, notSet))) return undefined;
  const dialog = {
    question: l10n.t('Read these values and create a session?'),
    target: typeof target === 'string' ? target : `${target.name} (${target.url})`,
    content: ['', shortened(JSON.stringify(template, null, 2))],
  };
  if (!(await confirmValues(uses, dialog))) return undefined;
  const inputs = uses.filter(({ placeholder }) => placeholder.kind === 'input');
  const answers = await runSteps<Inputs>(l10n.t('Create ChatKit Session'), previous, () =>
    inputs.map((use) => inputStep(template, use)),
  );
  if (answers === undefined) return undefined;
  saveInputs(answers);
  return resolveTemplate(template, (placeholder) => valueOf(placeholder, answers));
}

function valueOf({ kind, name }: Placeholder, answers: Inputs): string | undefined {
  return kind === 'env' ? process.env[name] : answers.get(name);
}

/** Shortens text for a dialog. The file contains the complete text. */
function shortened(text: string): string {
  const maxLines = 24;
  const lines = text.split('\n').map((line) => (line.length > 200 ? `${line.slice(0, 200)}…` : line));
  return (lines.length > maxLines ? [...lines.slice(0, maxLines), '…'] : lines).join('\n');
}

/** Returns the step for one `${input:name}`. Its value is validated for every path where it is used. */
function inputStep(template: Template, use: PlaceholderUse): Step<Inputs> {
  const { name } = use.placeholder;
  const paths = use.paths.map(pathText).join(', ');
  const isBoolean = use.paths.some((path) => requiredType(template, path) === 'boolean');
  return async (inputs, view): Promise<StepResult<Inputs>> => {
    const value = isBoolean
      ? await askChoice<string>({
          ...view,
          placeholder: l10n.t('{0} (for {1})', name, paths),
          active: inputs.get(name),
          choices: ['true', 'false'].map((label) => ({ label, value: label })),
        })
      : await askText({
          ...view,
          prompt: formatMessage(l10n.t('{0} (for {1})'), name, paths),
          value: inputs.get(name) ?? '',
          exact: true,
          validate: (text) => problemOf(template, use, text),
        });
    return typeof value === 'string' ? new Map([...inputs, [name, value]]) : value;
  };
}

/**
 * Returns the first problem at the paths of this placeholder. Other placeholders are not resolved and not validated.
 */
function problemOf(template: Template, { placeholder, paths }: PlaceholderUse, text: string): string | undefined {
  const current = placeholderText(placeholder);
  const body = resolveTemplate(template, (other) =>
    placeholderText(other) === current ? text : placeholderText(other),
  );
  const relevantPaths = new Set(paths.map(pathText));
  const problem = checkCreateSession(body).find(
    ({ path, code }) => code !== 'unknown' && relevantPaths.has(pathText(path)),
  );
  return problem === undefined ? undefined : `${pathText(problem.path)} ${problem.message}.`;
}
