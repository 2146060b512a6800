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

/** Asks for everything a connection needs, tests it, and writes it to the user's settings. */
export async function addConnection(parts: ConnectionServices): Promise<Connection | undefined> {
  const draft = await runSteps(l10n.t('Add Connection'), newDraft(), (current) => stepsFor(parts, current));
  if (draft === undefined) return undefined;
  const used = new Set([...parts.settings.connectionIds(), ...parts.registry.all.map(({ id }) => id)]);
  const connection = toConnection(draft, newConnectionId(draft.name, used));
  // First the credentials: when the row appears it can be read at once.
  await saveEntered(parts, connection, draft);
  try {
    await parts.settings.saveConnection(connection);
  } catch (error) {
    await parts.credentials.forget(connection.id);
    throw error;
  }
  return connection;
}

function stepsFor(parts: ConnectionServices, draft: Draft): readonly Step<Draft>[] {
  const plainHttp: Step<Draft> = (current, view) => askAboutPlainHttp(parts, current, view);
  const check: Step<Draft> = (current, view) => checkStep(parts, current, view);
  return [
    askKind,
    (current, view) => askName(current, view, parts.registry.all),
    askUrl,
    ...(asksAboutPlainHttp(parts, draft) ? [plainHttp] : []),
    ...(draft.kind === 'openai'
      ? [
          ...secretSteps(parts, draft, true),
          askOrganization,
          askProject,
          // The key was tested when it was entered; these two may still turn it away.
          ...(draft.organization !== '' || draft.project !== '' ? [check] : []),
        ]
      : [askHeaderNames, ...secretSteps(parts, draft, true), askUserHeader, askReadOnly, check]),
  ];
}
