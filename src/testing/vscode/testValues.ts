import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { pathText } from '../../base/common/json.ts';
import { placeholderText } from '../../base/common/placeholders.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { askModal, showError, showWarning } from '../../base/vscode/messages/notifications.ts';
import { askText } from '../../base/vscode/quickInput.ts';
import { type Step, runSteps } from '../../base/vscode/steps.ts';
import type { TestFileRead } from '../../conversation/common/tests/readTestFile.ts';
import type { PlaceholderValues } from '../node/testJobs.ts';

type Inputs = ReadonlyMap<string, string>;

/**
 * The values of placeholders in test files. They are read from the environment or asked for under the rules of session
 * files: only in a trusted workspace, after a dialog that shows what is read and where it is sent. The dialog appears once
 * per window for the same placeholders of a file and the same target.
 */
export class TestValues {
  readonly #inputs = new Map<string, Inputs>();
  readonly #confirmed = new Set<string>();

  /** Returns undefined when the user cancels, or after a notification when a variable cannot be read. */
  async resolve(
    file: vscode.Uri,
    reads: readonly TestFileRead[],
    target: string,
  ): Promise<PlaceholderValues | undefined> {
    if (reads.length === 0) return new Map();
    const key = JSON.stringify([file.toString(), target, reads]);
    const isConfirmed = this.#confirmed.has(key);
    if (!(await canReadEnvironment(reads)) || !(isConfirmed || (await confirmValues(reads, target)))) return undefined;
    const inputs = await this.#askInputs(file, reads, isConfirmed);
    if (inputs === undefined) return undefined;
    this.#confirmed.add(key);
    return new Map(
      reads.map(({ placeholder }) => [
        placeholderText(placeholder),
        (placeholder.kind === 'env' ? process.env[placeholder.name] : inputs.get(placeholder.name)) ?? '',
      ]),
    );
  }

  async #askInputs(
    file: vscode.Uri,
    reads: readonly TestFileRead[],
    isConfirmed: boolean,
  ): Promise<Inputs | undefined> {
    const names = reads.flatMap(({ placeholder: { kind, name } }) => (kind === 'input' ? [name] : []));
    const previous = this.#inputs.get(file.toString()) ?? new Map<string, string>();
    if (isConfirmed && names.every((name) => previous.has(name))) return previous;
    const steps = names.map((name): Step<Inputs> => async (inputs, view) => {
      const value = await askText({ ...view, prompt: name, value: inputs.get(name) ?? '', exact: true });
      return typeof value === 'string' ? new Map([...inputs, [name, value]]) : value;
    });
    const answers = await runSteps<Inputs>(l10n.t('Run ChatKit Tests'), previous, () => steps);
    if (answers !== undefined) this.#inputs.set(file.toString(), answers);
    return answers;
  }
}

/** A file in an untrusted workspace must not determine which environment variables are sent. */
async function canReadEnvironment(reads: readonly TestFileRead[]): Promise<boolean> {
  const names = reads.flatMap(({ placeholder: { kind, name } }) => (kind === 'env' ? [name] : []));
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
      l10n.t('Environment variables not set in the extension host: {0}. No test was run.'),
      missing.join(', '),
    ),
  );
  return false;
}

async function confirmValues(reads: readonly TestFileRead[], target: string): Promise<boolean> {
  const continueTitle = l10n.t('Continue');
  const detail = [
    ...linesOf(reads, 'env', l10n.t('Read from the environment:')),
    ...linesOf(reads, 'input', l10n.t('You enter:')),
    l10n.t('Sent to: {0}', target),
  ].join('\n');
  const question = l10n.t('Read these values and run the tests?');
  return (await askModal({ severity: 'information', question, detail }, continueTitle)) === continueTitle;
}

function linesOf(reads: readonly TestFileRead[], kind: 'env' | 'input', head: string): readonly string[] {
  const lines = reads
    .filter(({ placeholder }) => placeholder.kind === kind)
    .map(
      ({ placeholder, paths }) => `  ${placeholderText(placeholder)} → ${paths.slice(0, 5).map(pathText).join(', ')}`,
    );
  return lines.length === 0 ? [] : [head, ...lines];
}
