import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { type SessionDraft, bodyOf, newDraft, optionJson } from '../../common/sessionDraft.ts';
import { type Choice, type TextQuestion, askChoice, askText } from '../../../base/vscode/quickInput.ts';
import {
  GoTo,
  type Step,
  type StepResult,
  type StepView,
  back,
  namedStep,
  runSteps,
} from '../../../base/vscode/steps.ts';
import type { RecentSessions, SessionServices } from '../sessionServices.ts';
import type { ConnectionRef } from '../../../chatkit/common/model/thread.ts';
import { templateOf } from '../../common/template.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { reportNoSessionConnection, sessionConnections, sessionSourceOf } from '../sessionConnections.ts';
import { create } from '../create.ts';
import { askOptions, optionSteps, optionText, stepsUntilCounted } from '../flow/options.ts';

/** Creates a session step by step. An unfinished draft provides the defaults of the next attempt. */
export async function createSession(services: SessionServices, row?: ConnectionRef): Promise<void> {
  const { connections, drafts: unsent } = services;
  const given = row === undefined ? undefined : connections.get(row.connectionId);
  if (given !== undefined) sessionSourceOf(connections, given);
  const candidates = given === undefined ? sessionConnections(connections) : [given];
  const [first] = candidates;
  if (first === undefined) return reportNoSessionConnection(connections);

  const only = candidates.length === 1 ? first.id : undefined;
  const start = (only === undefined ? undefined : unsent.get(only)) ?? newDraft(only);
  const draft = await runSteps(
    l10n.t('Create ChatKit Session'),
    start,
    (state) => stepsFor(services, candidates, state).map((step) => savingDraft(services, step)),
    (state, index) => index > optionsIndex(candidates) + stepsUntilCounted(state),
  );
  const connection = draft?.connectionId === undefined ? undefined : connections.get(draft.connectionId);
  if (draft === undefined || connection === undefined) return;
  const body = bodyOf(draft);
  const retry = () => runCommand('chatkit.createSession', { connectionId: connection.id });
  const isCreated = await create(services, { connection, body, template: templateOf(body), retry });
  if (!isCreated) return;
  unsent.delete(connection.id);
  await services.recent.remember(connection.id, draft.user, draft.workflowId);
}

/** The index of the step that selects the options. */
function optionsIndex(candidates: readonly Connection[]): number {
  return candidates.length > 1 ? 4 : 3;
}

function stepsFor(
  services: SessionServices,
  candidates: readonly Connection[],
  draft: SessionDraft,
): readonly Step<SessionDraft>[] {
  const connectionStep: Step<SessionDraft> = async (state, view) => {
    const answer = await askConnection(state, view, candidates);
    if (answer === undefined || answer === back || answer.connectionId === state.connectionId) return answer;
    // Continue with the draft of the other connection.
    return services.drafts.get(answer.connectionId ?? '') ?? newDraft(answer.connectionId);
  };
  const options = draft.chosen.flatMap((option) => optionSteps(option, draft));
  return [
    ...(candidates.length > 1 ? [connectionStep] : []),
    namedStep('user', (state, view) => askUser(state, view, services.recent)),
    namedStep('workflow', (state, view) => askWorkflow(state, view, services.recent)),
    askMore,
    ...(draft.more ? [askOptions, ...options, askToCreate] : []),
  ];
}

/** Saves the draft after each step, so that it is not lost when the user cancels. */
function savingDraft({ drafts: unsent }: SessionServices, step: Step<SessionDraft>): Step<SessionDraft> {
  const saving: Step<SessionDraft> = async (state, view) => {
    const answer = await step(state, view);
    if (typeof answer === 'object' && 'connectionId' in answer && answer.connectionId !== undefined)
      unsent.set(answer.connectionId, answer);
    return answer;
  };
  return step.id === undefined ? saving : namedStep(step.id, saving);
}

/** Maximum length of a user ID in the thread filter of the API (chatkit-api 1.4). */
const maxFilterLength = 512;

async function askConnection(
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

async function askUser(draft: SessionDraft, view: StepView, recent: RecentSessions): Promise<StepResult<SessionDraft>> {
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

async function askWorkflow(
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

async function askMore(draft: SessionDraft, view: StepView): Promise<StepResult<SessionDraft>> {
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

/** Shows the request for confirmation: each part is a row that returns to its question. */
async function askToCreate(
  draft: SessionDraft,
  view: StepView,
): Promise<StepResult<SessionDraft | GoTo<SessionDraft>>> {
  const part = (stepId: string, label: string, json: string): Choice<string> => ({
    value: stepId,
    label: `$(edit) ${label}`,
    description: json,
  });
  const answer = await askChoice<string>({
    ...view,
    placeholder: l10n.t('Confirm the request, or select what to change'),
    choices: [
      { value: 'create', label: `$(play) ${l10n.t('Create Session')}`, detail: JSON.stringify(bodyOf(draft)) },
      part('user', l10n.t('User'), JSON.stringify(draft.user)),
      part('workflow', l10n.t('Workflow'), JSON.stringify(draft.workflowId)),
      ...draft.chosen.map((option) => part(option, optionText(option).label, optionJson(draft, option))),
    ],
  });
  if (typeof answer !== 'string') return answer;
  return answer === 'create' ? draft : new GoTo(answer, draft);
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
