import * as vscode from 'vscode';
import { Disposables } from './disposables.ts';
import { createPrompt, showProblem } from './messages/inputBox.ts';
import { back, type StepResult, type StepView } from './steps.ts';

export interface TextQuestion extends StepView {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** Shown until the user types, e.g. why the last value failed. */
  readonly problem?: string | undefined;
  /** Returns an error message for the text, at each keystroke; undefined if it is valid. */
  readonly validate?: (text: string) => string | undefined;
  /** Returns a warning about the text, which can be accepted nevertheless. */
  readonly warn?: (text: string) => string | undefined;
  /** Does not trim the text. */
  readonly exact?: boolean;
}

/** A button in the title of a question, and the answer that it gives. */
interface ExtraButton<T> extends vscode.QuickInputButton {
  readonly answer: T;
}

/** Asks for a line of text, trimmed unless it is wanted exactly. */
export function askText<T = never>(
  question: TextQuestion & { readonly button?: ExtraButton<T> | undefined },
): Promise<StepResult<string | T>> {
  const box = createPrompt(question.prompt);
  box.value = question.value ?? '';
  box.placeholder = question.placeholder;
  box.password = question.password ?? false;
  showProblem(box, question.problem);
  // Do not validate an untouched input. A given value is validated immediately.
  if (box.value !== '' && question.problem === undefined) showValidation(box, question, box.value);
  const { button } = question;
  return ask<string | T>(box, question, (resolve, own) => {
    if (button !== undefined) box.buttons = [...box.buttons, button];
    own.push(
      box.onDidChangeValue((text) => showValidation(box, question, text)),
      box.onDidTriggerButton((pressed) => {
        if (button !== undefined && pressed === button) resolve(button.answer);
      }),
      box.onDidAccept(() => {
        const problem = question.validate?.(box.value);
        if (problem === undefined) resolve(question.exact === true ? box.value : box.value.trim());
        else showProblem(box, problem);
      }),
    );
  });
}

function showValidation(box: vscode.InputBox, { validate, warn }: TextQuestion, text: string): void {
  const problem = validate?.(text);
  if (problem !== undefined) showProblem(box, problem);
  else showProblem(box, warn?.(text), vscode.InputBoxValidationSeverity.Warning);
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

interface ChoiceQuestion<T> extends StepView {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  readonly active?: T | undefined;
}

/** Asks for one of several. */
export function askChoice<T>(question: ChoiceQuestion<T>): Promise<StepResult<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.placeholder = question.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = question.choices;
  const active = question.choices.find(({ value }) => value === question.active);
  if (active !== undefined) pick.activeItems = [active];
  return ask<T>(pick, question, (resolve, own) => {
    own.add(
      pick.onDidAccept(() => {
        // Enter may be pressed before the editor has reported the active row: then it means the initial one.
        const item = pick.activeItems[0] ?? (pick.value === '' ? (active ?? question.choices[0]) : undefined);
        if (item !== undefined) resolve(item.value);
      }),
    );
  });
}

interface ManyQuestion<T> extends StepView {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** Ticked when it opens. */
  readonly picked: readonly T[];
}

/** Asks for any number of choices. Resolves to them in the order in which they are offered. */
export function askMany<T>(question: ManyQuestion<T>): Promise<StepResult<readonly T[]>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.canSelectMany = true;
  pick.placeholder = question.placeholder;
  pick.matchOnDetail = true;
  pick.items = question.choices;
  pick.selectedItems = question.choices.filter(({ value }) => question.picked.includes(value));
  return ask<readonly T[]>(pick, question, (resolve, own) => {
    own.add(
      pick.onDidAccept(() => {
        const chosen = new Set(pick.selectedItems.map(({ value }) => value));
        resolve(question.choices.map(({ value }) => value).filter((value) => chosen.has(value)));
      }),
    );
  });
}

/** Shows progress while `work` runs. Closing the input or going back aborts the work. */
export function askToWait<T>(
  view: StepView & { readonly message: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<StepResult<T>> {
  const pick = vscode.window.createQuickPick();
  pick.placeholder = view.message;
  pick.busy = true;
  const controller = new AbortController();
  return ask<T>(pick, view, (resolve, own, reject) => {
    own.add({ dispose: () => controller.abort() });
    work(controller.signal).then(resolve, reject);
  });
}

async function ask<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  view: StepView,
  listen: (resolve: (answer: StepResult<T>) => void, own: Disposables, reject: (error: unknown) => void) => void,
): Promise<StepResult<T>> {
  const own = new Disposables();
  input.title = view.title;
  if (view.step !== undefined) input.step = view.step;
  if (view.totalSteps !== undefined) input.totalSteps = view.totalSteps;
  // The flow must not end when the user copies a key from another window.
  input.ignoreFocusOut = true;
  if (view.canGoBack === true) input.buttons = [vscode.QuickInputButtons.Back];
  try {
    return await new Promise<StepResult<T>>((resolve, reject) => {
      own.push(
        input.onDidTriggerButton((button) => {
          if (button === vscode.QuickInputButtons.Back) resolve(back);
        }),
        input.onDidHide(() => resolve(undefined)),
      );
      listen(resolve, own, reject);
      input.show();
    });
  } finally {
    own.dispose();
    input.dispose();
  }
}
