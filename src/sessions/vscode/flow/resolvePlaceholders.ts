import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../../chatkit/common/connection.ts';
import type { JsonObject } from '../../../base/common/json.ts';
import { pathText } from '../../../chatkit/common/sessions/jsonPath.ts';
import { placeholderText, type Inputs, type Placeholder } from '../../common/placeholders.ts';
import { fillTemplate, readsOf, type Read, type Template, wantedType } from '../../common/template.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { askModal, showError, showWarning } from '../../../base/vscode/messages/notifications.ts';
import { runSteps } from '../../../base/vscode/steps.ts';
import type { Answer, Step } from '../../../base/vscode/steps.ts';
import { askChoice, askText } from '../../../base/vscode/quickInput.ts';
import { checkCreateSession } from '../../../chatkit/common/sessions/problems.ts';

export interface Filling {
  /** The request, and beside it `connection` where that has placeholders of its own. */
  readonly template: Template;
  /** Where it goes, as far as that is known before anything is read. */
  readonly target: Connection | string;
  /** What was typed the last time, offered again. */
  readonly typed: Inputs;
}

/**
 * Replaces the placeholders of a template: shows what will be read and sent, asks, reads. Undefined when the user leaves,
 * or when something cannot be read (said here). Nothing of it is kept.
 */
export async function resolvePlaceholders(
  { template, target, typed }: Filling,
  keep: (typed: Inputs) => void,
): Promise<JsonObject | undefined> {
  const reads = readsOf(template);
  if (reads.length === 0) return fillTemplate(template, () => undefined);
  if (!(await mayRead(reads)) || !(await showFirst(template, reads, target))) return undefined;
  const inputs = reads.filter(({ placeholder }) => placeholder.kind === 'input');
  const answers = await runSteps<Inputs>(l10n.t('Create ChatKit Session'), typed, () =>
    inputs.map((read) => inputStep(template, read)),
  );
  if (answers === undefined) return undefined;
  keep(answers);
  return fillTemplate(template, (placeholder) => valueOf(placeholder, answers));
}

function valueOf({ kind, name }: Placeholder, answers: Inputs): string | undefined {
  return kind === 'env' ? process.env[name] : answers.get(name);
}

/** A file of a workspace that nobody trusts yet must not decide which variables leave the machine. */
async function mayRead(reads: readonly Read[]): Promise<boolean> {
  const names = reads
    .filter(({ placeholder }) => placeholder.kind === 'env')
    .map(({ placeholder }) => placeholder.name);
  if (names.length === 0) return true;
  if (!vscode.workspace.isTrusted) {
    const trust = l10n.t('Manage Workspace Trust');
    const picked = await showWarning(
      formatMessage(
        l10n.t('Reading environment variables ({0}) is off until you trust this workspace.'),
        names.join(', '),
      ),
      trust,
    );
    if (picked === trust) await vscode.commands.executeCommand('workbench.trust.manage');
    return false;
  }
  const missing = names.filter((name) => process.env[name] === undefined);
  if (missing.length === 0) return true;
  void showError(
    formatMessage(
      l10n.t('Not set in the environment that extensions run in: {0}. No session was created.'),
      missing.join(', '),
    ),
  );
  return false;
}

async function showFirst(template: Template, reads: readonly Read[], target: Connection | string): Promise<boolean> {
  const next = l10n.t('Continue');
  const place = typeof target === 'string' ? target : `${target.name} (${target.url})`;
  const detail = [
    ...linesOf(reads, 'env', l10n.t('Read from the environment:')),
    ...linesOf(reads, 'input', l10n.t('Asked for:')),
    l10n.t('Sent to: {0}', place),
    '',
    shortened(JSON.stringify(template, null, 2)),
  ].join('\n');
  const question = l10n.t('Read these values and create a session?');
  return (await askModal({ severity: 'information', question, detail }, next)) === next;
}

function linesOf(reads: readonly Read[], kind: Placeholder['kind'], head: string): readonly string[] {
  const lines = reads
    .filter(({ placeholder }) => placeholder.kind === kind)
    .map(({ placeholder, paths }) => `  ${placeholderText(placeholder)} → ${paths.map(pathText).join(', ')}`);
  return lines.length === 0 ? [] : [head, ...lines];
}

/** A dialog is not an editor; the whole stands in the file. */
function shortened(text: string): string {
  const most = 24;
  const lines = text.split('\n').map((line) => (line.length > 200 ? `${line.slice(0, 200)}…` : line));
  return (lines.length > most ? [...lines.slice(0, most), '…'] : lines).join('\n');
}

/** The question for one `${input:name}`, checked against every place that its value goes to. */
function inputStep(template: Template, read: Read): Step<Inputs> {
  const { name } = read.placeholder;
  const places = read.paths.map(pathText).join(', ');
  const isSwitch = read.paths.some((path) => wantedType(template, path) === 'boolean');
  return async (inputs, view): Promise<Answer<Inputs>> => {
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
