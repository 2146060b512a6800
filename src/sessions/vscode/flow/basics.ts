import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { type SessionDraft, bodyOf } from '../../common/draft.ts';
import { type TextQuestion, askChoice, askText } from '../../../base/vscode/quickInput.ts';
import { type StepResult, type StepView, back } from '../../../base/vscode/steps.ts';
import type { RecentSessions } from '../sessionServices.ts';

/** Maximum length of a user ID in the thread filter of the API (chatkit-api 1.4). */
const maxFilterLength = 512;

export async function askConnection(
  draft: SessionDraft,
  view: StepView,
  candidates: readonly Connection[],
): Promise<StepResult<SessionDraft>> {
  const connectionId = await askChoice<string>({
    ...view,
    placeholder: l10n.t('Select the connection to create the session on'),
    active: draft.connectionId,
    choices: candidates.map(({ id, name, url }) => ({ value: id, label: name, description: url })),
  });
  return typeof connectionId === 'string' ? { ...draft, connectionId } : connectionId;
}

export async function askUser(
  draft: SessionDraft,
  view: StepView,
  recent: RecentSessions,
): Promise<StepResult<SessionDraft>> {
  const { users } = recent.of(draft.connectionId ?? '');
  const user = await askRecentText(
    {
      ...view,
      prompt: l10n.t('End-user ID. The session can access only this user’s threads.'),
      value: draft.user || (users[0] ?? ''),
      placeholder: 'user_123',
      validate: (text) => (text.trim() === '' ? l10n.t('Enter a user ID.') : undefined),
      warn: (text) =>
        text.trim().length > maxFilterLength
          ? l10n.t('Threads can be filtered only by user IDs of up to {0} characters.', maxFilterLength)
          : undefined,
    },
    users,
  );
  return typeof user === 'string' ? { ...draft, user } : user;
}

export async function askWorkflow(
  draft: SessionDraft,
  view: StepView,
  recent: RecentSessions,
): Promise<StepResult<SessionDraft>> {
  const { workflows } = recent.of(draft.connectionId ?? '');
  const workflowId = await askRecentText(
    {
      ...view,
      prompt: l10n.t('Workflow ID, from the same project as the API key'),
      value: draft.workflowId || (workflows[0] ?? ''),
      placeholder: 'wf_…',
      validate: (text) => (text.trim() === '' ? l10n.t('Enter a workflow ID.') : undefined),
    },
    workflows,
  );
  return typeof workflowId === 'string' ? { ...draft, workflowId } : workflowId;
}

export async function askMore(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const more = await askChoice<boolean>({
    ...view,
    placeholder: l10n.t('Session for {0}', draft.user),
    active: draft.more,
    choices: [
      {
        value: false,
        label: `$(play) ${l10n.t('Create Now')}`,
        detail: JSON.stringify(bodyOf({ ...draft, more: false })),
      },
      {
        value: true,
        label: `$(settings-gear) ${l10n.t('More Options…')}`,
        detail: l10n.t('Version, state variables, tracing, expiry, rate limit, titles, uploads, history'),
      },
    ],
  });
  return typeof more === 'boolean' ? { ...draft, more } : more;
}

/** Shows the request for confirmation. */
export async function askToCreate(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
  const answer = await askChoice<'create'>({
    ...view,
    placeholder: l10n.t('Confirm the request, or go back to change it'),
    choices: [
      {
        value: 'create',
        label: `$(play) ${l10n.t('Create Session')}`,
        detail: JSON.stringify(bodyOf(draft)),
      },
    ],
  });
  return answer === 'create' ? draft : answer;
}

const showRecent = Symbol('showRecent');

/** Asks for a line of text. A button lists the recent values. */
async function askRecentText(question: TextQuestion, recent: readonly string[]): Promise<StepResult<string>> {
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
      placeholder: l10n.t('Select a recent value'),
      canGoBack: true,
      choices: recent.map((value) => ({ value, label: value })),
    });
    if (picked !== back) return picked;
  }
}
