import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../../chatkit/common/refs.ts';
import { bodyOf, newDraft, type SessionDraft } from '../../common/draft.ts';
import { templateOf } from '../../common/template.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { back, runSteps, type Step } from '../../../base/vscode/steps.ts';
import { ableConnections, sessionsOf, notifyNoSessionConnections } from '../sessionConnections.ts';
import { create } from '../create.ts';
import { askConnection, askMore, askToCreate, askUser, askWorkflow } from '../flow/basics.ts';
import { askOptions, optionSteps } from '../flow/options.ts';
import type { SessionServices } from '../sessionServices.ts';

/** Asks for a session step by step and creates it; what did not become a session is offered again. */
export async function createSession(parts: SessionServices, row?: ConnectionRef): Promise<void> {
  const { connections, unsent } = parts;
  const given = row === undefined ? undefined : connections.get(row.connectionId);
  if (given !== undefined) sessionsOf(connections, given);
  const able = given === undefined ? ableConnections(connections) : [given];
  const [first] = able;
  if (first === undefined) return notifyNoSessionConnections(connections);

  const only = able.length === 1 ? first.id : undefined;
  const start = (only === undefined ? undefined : unsent.get(only)) ?? newDraft(only);
  const draft = await runSteps(l10n.t('Create ChatKit Session'), start, (state) =>
    stepsFor(parts, able, state).map((step) => remembering(parts, step)),
  );
  const connection = draft?.connectionId === undefined ? undefined : connections.get(draft.connectionId);
  if (draft === undefined || connection === undefined) return;
  const body = bodyOf(draft);
  const offerAgain = () => runCommand('chatkit.createSession', { connectionId: connection.id });
  const isCreated = await create(parts, { connection, body, template: templateOf(body), offerAgain });
  if (!isCreated) return;
  unsent.delete(connection.id);
  await parts.recent.remember(connection.id, draft.user, draft.workflowId);
}

function stepsFor(
  parts: SessionServices,
  able: readonly Connection[],
  draft: SessionDraft,
): readonly Step<SessionDraft>[] {
  const which: Step<SessionDraft> = async (state, view) => {
    const answer = await askConnection(state, view, able);
    if (answer === undefined || answer === back || answer.connectionId === state.connectionId) return answer;
    // Another connection: what was begun there, not what belongs here.
    return parts.unsent.get(answer.connectionId ?? '') ?? newDraft(answer.connectionId);
  };
  const options = draft.chosen.flatMap((option) => optionSteps(option, draft));
  return [
    ...(able.length > 1 ? [which] : []),
    (state, view) => askUser(state, view, parts.recent),
    (state, view) => askWorkflow(state, view, parts.recent),
    askMore,
    ...(draft.more ? [askOptions, ...options, askToCreate] : []),
  ];
}

/** Keeps each answer, so that leaving in the middle loses nothing. */
function remembering({ unsent }: SessionServices, step: Step<SessionDraft>): Step<SessionDraft> {
  return async (state, view) => {
    const answer = await step(state, view);
    if (typeof answer === 'object' && answer.connectionId !== undefined) unsent.set(answer.connectionId, answer);
    return answer;
  };
}
