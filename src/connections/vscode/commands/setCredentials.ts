import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { type Step, namedStep, runSteps } from '../../../base/vscode/steps.ts';
import { askAboutPlainHttp, askHeaderNames, asksAboutPlainHttp, saveEntered, secretSteps } from '../flow/basics.ts';
import { checkStep } from '../flow/check.ts';
import { type ConnectionDraft, draftOf, toConnection } from '../flow/connectionDraft.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Asks for the credentials of a connection, tests them and saves them for the current origin of its URL. */
export async function setCredentials(services: ConnectionServices, connection: Connection): Promise<void> {
  const title = l10n.t('Credentials of {0}', connection.name);
  const asksNames = (connection.headers ?? []).length === 0;
  const draft = await runSteps(title, draftOf(connection), (current) => stepsFor(services, current, asksNames));
  if (draft === undefined) return;
  const changed = toConnection(draft, connection.id);
  await saveEntered(services, changed, draft);
  // The flow may also have asked for the header names of a server.
  if (JSON.stringify(changed.headers) !== JSON.stringify(connection.headers)) {
    await services.settings.saveConnection(changed);
  }
}

function stepsFor(
  services: ConnectionServices,
  draft: ConnectionDraft,
  asksNames: boolean,
): readonly Step<ConnectionDraft>[] {
  const plainHttp: Step<ConnectionDraft> = (current, view) => askAboutPlainHttp(services, current, view);
  return [
    ...(asksAboutPlainHttp(services, draft) ? [plainHttp] : []),
    ...(draft.kind === 'server' && asksNames ? [namedStep('headers', askHeaderNames)] : []),
    ...secretSteps(services, draft, false),
    ...(draft.kind === 'server'
      ? [(current: ConnectionDraft, view: Parameters<Step<ConnectionDraft>>[1]) => checkStep(services, current, view)]
      : []),
  ];
}
