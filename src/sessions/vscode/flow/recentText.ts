import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { askChoice, askText, type TextQuestion } from '../../../base/vscode/quickInput.ts';
import { back, type StepResult } from '../../../base/vscode/steps.ts';

const showRecent = Symbol('showRecent');

/** Asks for a line of text; what was entered before is one button away. */
export async function askRecentText(question: TextQuestion, recent: readonly string[]): Promise<StepResult<string>> {
  const button = {
    iconPath: new vscode.ThemeIcon('history'),
    tooltip: l10n.t('Recent Values'),
    answer: showRecent,
  } as const;
  for (;;) {
    const text = await askText<typeof showRecent>({ ...question, button: recent.length === 0 ? undefined : button });
    if (text !== showRecent) return text;
    const picked = await askChoice<string>({
      title: question.title,
      placeholder: l10n.t('Recent values'),
      canGoBack: true,
      choices: recent.map((value) => ({ value, label: value })),
    });
    if (picked !== back) return picked;
  }
}
