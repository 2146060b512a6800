import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { type Inputs, type PlaceholderUse, placeholderText } from '../../base/common/placeholders.ts';
import { canReadEnvironment, confirmValues } from '../../base/vscode/placeholderValues.ts';
import { askText } from '../../base/vscode/quickInput.ts';
import { type Step, runSteps } from '../../base/vscode/steps.ts';
import type { PlaceholderValues } from '../node/testJobs.ts';

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
    reads: readonly PlaceholderUse[],
    target: string,
  ): Promise<PlaceholderValues | undefined> {
    if (reads.length === 0) return new Map();
    const key = JSON.stringify([file.toString(), target, reads]);
    const isConfirmed = this.#confirmed.has(key);
    const notSet = l10n.t('Environment variables not set in the extension host: {0}. No test was run.');
    if (!(await canReadEnvironment(reads, notSet))) return undefined;
    const dialog = { question: l10n.t('Read these values and run the tests?'), target, maxPlaces: 5 };
    if (!isConfirmed && !(await confirmValues(reads, dialog))) return undefined;
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
    reads: readonly PlaceholderUse[],
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
