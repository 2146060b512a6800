import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { runSteps, type Step } from '../../../base/vscode/steps.ts';
import {
  askAboutPlainHttp,
  askKind,
  askName,
  askOrganization,
  askProject,
  askReadOnly,
  asksAboutPlainHttp,
  askUrl,
} from '../flow/basics.ts';
import { checkStep } from '../flow/check.ts';
import { newConnectionId, newDraft, toConnection, type Draft } from '../flow/draft.ts';
import { askHeaderNames, askUserHeader, secretSteps, saveEntered } from '../flow/secrets.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Asks for the properties of a connection, tests it and saves it in the user settings. */
export async function addConnection(services: ConnectionServices): Promise<Connection | undefined> {
  const draft = await runSteps(l10n.t('Add Connection'), newDraft(), (current) => stepsFor(services, current));
  if (draft === undefined) return undefined;
  const usedIds = new Set([...services.settings.connectionIds(), ...services.registry.all.map(({ id }) => id)]);
  const connection = toConnection(draft, newConnectionId(draft.name, usedIds));
  // Credentials first, so that the new row can load its threads immediately.
  await saveEntered(services, connection, draft);
  try {
    await services.settings.saveConnection(connection);
  } catch (error) {
    await services.credentials.forget(connection.id);
    throw error;
  }
  return connection;
}

function stepsFor(services: ConnectionServices, draft: Draft): readonly Step<Draft>[] {
  const plainHttp: Step<Draft> = (current, view) => askAboutPlainHttp(services, current, view);
  const check: Step<Draft> = (current, view) => checkStep(services, current, view);
  return [
    askKind,
    (current, view) => askName(current, view, services.registry.all),
    askUrl,
    ...(asksAboutPlainHttp(services, draft) ? [plainHttp] : []),
    ...(draft.kind === 'openai'
      ? [
          ...secretSteps(services, draft, true),
          askOrganization,
          askProject,
          // The key was tested when it was entered, but the API may reject it for this organization or project.
          ...(draft.organization !== '' || draft.project !== '' ? [check] : []),
        ]
      : [askHeaderNames, ...secretSteps(services, draft, true), askUserHeader, askReadOnly, check]),
  ];
}
