import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../../chatkit/common/model/thread.ts';
import { type SessionDraft, bodyOf, newDraft } from '../../common/draft.ts';
import { templateOf } from '../../common/template.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { type Step, back, runSteps } from '../../../base/vscode/steps.ts';
import { reportNoSessionConnection, sessionConnections, sessionSourceOf } from '../sessionConnections.ts';
import { create } from '../create.ts';
import { askConnection, askMore, askToCreate, askUser, askWorkflow } from '../flow/basics.ts';
import { askOptions, optionSteps } from '../flow/options.ts';
import type { SessionServices } from '../sessionServices.ts';

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
    // The choice of options decides how many questions follow.
    (_, index) => index > optionsIndex(candidates),
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
    (state, view) => askUser(state, view, services.recent),
    (state, view) => askWorkflow(state, view, services.recent),
    askMore,
    ...(draft.more ? [askOptions, ...options, askToCreate] : []),
  ];
}

/** Saves the draft after each step, so that it is not lost when the user cancels. */
function savingDraft({ drafts: unsent }: SessionServices, step: Step<SessionDraft>): Step<SessionDraft> {
  return async (state, view) => {
    const answer = await step(state, view);
    if (typeof answer === 'object' && 'connectionId' in answer && answer.connectionId !== undefined)
      unsent.set(answer.connectionId, answer);
    return answer;
  };
}
