import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { namedStep, runSteps, type Step } from '../../../base/vscode/steps.ts';
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
import { defaultName, newConnectionId, newDraft, toConnection, type Draft } from '../flow/draft.ts';
import { askFoundServer } from '../flow/findServers.ts';
import { askHeaderNames, askUserHeader, secretSteps, saveEntered } from '../flow/secrets.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Asks for what a connection needs, tests it and saves it in the user settings. */
export async function addConnection(services: ConnectionServices): Promise<Connection | undefined> {
  const entered = await runSteps(
    l10n.t('Add Connection'),
    newDraft(),
    (current) => stepsFor(services, current),
    // The kind decides which questions follow.
    (_, index) => index > 0,
  );
  if (entered === undefined) return undefined;
  const names = services.registry.all.map(({ name }) => name);
  const draft = entered.name === '' ? { ...entered, name: defaultName(entered, names) } : entered;
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

/**
 * A server needs its URL, the OpenAI API a key. The rest is asked with *More Options*. A step that was asked remains in the
 * list, also when a rejected test adds the options.
 */
function stepsFor(services: ConnectionServices, draft: Draft): readonly Step<Draft>[] {
  const kind: Step<Draft> = (current, view) =>
    askKind(current, view, (unfinished, search) => askFoundServer(services, unfinished, search));
  const url = namedStep('url', askUrl);
  const name: Step<Draft> = (current, view) => askName(current, view, services.registry.all);
  const plainHttp: Step<Draft> = (current, view) => askAboutPlainHttp(services, current, view);
  const check: Step<Draft> = (current, view) => checkStep(services, current, view);
  const { more, isFound } = draft;
  const http = asksAboutPlainHttp(services, draft) ? [plainHttp] : [];
  const secrets = secretSteps(services, draft, true);
  if (draft.kind === 'openai') {
    // The key was tested when it was entered, but the API may reject it for this organization or project.
    const hasDetails = draft.organization !== '' || draft.project !== '';
    const details = [askOrganization, askProject, ...(hasDetails ? [check] : [])];
    return more ? [kind, url, ...http, name, ...secrets, ...details] : [kind, ...http, ...secrets];
  }
  const headers = namedStep('headers', askHeaderNames);
  const details = more ? [name, headers, ...secrets, askUserHeader, askReadOnly] : [];
  return [kind, ...(isFound ? [] : [url]), ...http, ...details, check];
}
