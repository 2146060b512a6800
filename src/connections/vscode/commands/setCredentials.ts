import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { runSteps, type Step } from '../../../base/vscode/steps.ts';
import { askAboutPlainHttp, asksAboutPlainHttp } from '../flow/basics.ts';
import { checkStep } from '../flow/check.ts';
import { draftOf, toConnection, type Draft } from '../flow/draft.ts';
import { askHeaderNames, secretSteps, saveEntered } from '../flow/secrets.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Asks for the credentials of a connection, tests them and saves them for the origin it points to now. */
export async function setCredentials(parts: ConnectionServices, connection: Connection): Promise<void> {
  const title = l10n.t('Credentials of {0}', connection.name);
  const asksNames = (connection.headers ?? []).length === 0;
  const draft = await runSteps(title, draftOf(connection), (current) => stepsFor(parts, current, asksNames));
  if (draft === undefined) return;
  const changed = toConnection(draft, connection.id);
  await saveEntered(parts, changed, draft);
  // A server's header names may have been asked as well.
  if (JSON.stringify(changed.headers) !== JSON.stringify(connection.headers)) {
    await parts.settings.saveConnection(changed);
  }
}

function stepsFor(parts: ConnectionServices, draft: Draft, asksNames: boolean): readonly Step<Draft>[] {
  const plainHttp: Step<Draft> = (current, view) => askAboutPlainHttp(parts, current, view);
  return [
    ...(asksAboutPlainHttp(parts, draft) ? [plainHttp] : []),
    ...(draft.kind === 'server' && asksNames ? [askHeaderNames] : []),
    ...secretSteps(parts, draft, false),
    ...(draft.kind === 'server'
      ? [(current: Draft, view: Parameters<Step<Draft>>[1]) => checkStep(parts, current, view)]
      : []),
  ];
}
