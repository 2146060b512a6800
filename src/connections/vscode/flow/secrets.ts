import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { askChoice, askText } from '../../../base/vscode/quickInput.ts';
import { GoTo, type Step, type StepResult, type StepView, back, namedStep } from '../../../base/vscode/steps.ts';
import { mask } from '../../../base/common/redact.ts';
import { keyHeaders, keyVariable } from '../credentialRecord.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { checkDraft, isRejected, rejectedDraft } from './check.ts';
import {
  type Draft,
  headerNamesOf,
  headerNamesProblem,
  headerValueProblem,
  keyProblem,
  userHeaderProblem,
} from './draft.ts';

/** Returns the steps for a connection's credentials. `later`: the user can skip them. */
export function secretSteps(services: ConnectionServices, draft: Draft, later: boolean): readonly Step<Draft>[] {
  if (draft.kind === 'server') {
    return draft.headers.map((name, index) =>
      namedStep(index === 0 ? 'credentials' : `header:${name}`, (current, view) => askHeaderValue(current, view, name)),
    );
  }
  // Gateways need headers of their own. They are entered first, because the key is tested with them.
  const more = draft.headers
    .filter((name) => name !== 'authorization')
    .map((name) => namedStep<Draft>(`header:${name}`, (current, view) => askHeaderValue(current, view, name)));
  const key = namedStep<Draft>('credentials', (current, view) => askKey(services, current, view, later));
  if (!services.env[keyVariable]?.trim()) return [...more, key];
  const source: Step<Draft> = (current, view) => askKeySource(services, current, view, later);
  return draft.keySource === 'typed' ? [...more, source, key] : [...more, source];
}

async function askKeySource(
  services: ConnectionServices,
  draft: Draft,
  view: StepView,
  later: boolean,
): Promise<StepResult<Draft>> {
  const maskedKey = mask(services.env[keyVariable]?.trim() ?? '');
  const choice = await askChoice<'typed' | 'environment' | 'later'>({
    ...view,
    placeholder: l10n.t('Select how to provide the API key'),
    active: draft.keySource,
    choices: [
      {
        value: 'typed',
        label: `$(key) ${l10n.t('Enter an API Key')}`,
        detail: l10n.t('Saved in the editor’s secret storage, for this address only.'),
      },
      {
        value: 'environment',
        label: `$(terminal) ${l10n.t('Use the Environment Variable {0}', keyVariable)}`,
        description: maskedKey,
        detail: l10n.t('Saves only this choice, for this address only.'),
      },
      ...(later ? [{ value: 'later', label: `$(clock) ${l10n.t('Set It Later')}` } as const] : []),
    ],
  });
  if (choice === undefined || choice === back) return choice;
  if (choice === 'typed') return { ...draft, keySource: 'typed' };
  // Neither choice needs a key, so its step is removed.
  const chosen: Draft = {
    ...draft,
    keySource: 'environment',
    entered: choice === 'later' ? { from: choice } : { from: choice, headers: enteredHeaders(draft) },
    saveAnyway: false,
  };
  if (choice === 'later') return chosen;
  const result = await checkDraft(services, chosen, view);
  return isRejected(result) ? askKeySource(services, draft, view, later) : result;
}

async function askKey(
  services: ConnectionServices,
  draft: Draft,
  view: StepView,
  later: boolean,
): Promise<StepResult<Draft | GoTo<Draft>>> {
  const { host } = new URL(draft.url);
  const key = await askText({
    ...view,
    prompt: later
      ? formatMessage(l10n.t('API key for {0} (leave empty to set it later)'), host)
      : formatMessage(l10n.t('API key for {0}'), host),
    // A rejected key is still there, so that a typing error can be corrected.
    value: draft.entered.from === 'typed' ? (draft.entered.headers['authorization'] ?? '').replace(/^Bearer /, '') : '',
    placeholder: 'sk-…',
    password: true,
    problem: draft.rejected?.field === 'credentials' ? draft.rejected.reason : undefined,
    validate: (text) => (text.trim() === '' && !later ? l10n.t('Enter an API key.') : keyProblem(text)),
  });
  if (key === undefined || key === back) return key;
  const entered =
    key === ''
      ? ({ from: 'later' } as const)
      : ({ from: 'typed', headers: { ...enteredHeaders(draft), ...keyHeaders(key) } } as const);
  const chosen: Draft = { ...draft, entered, rejected: undefined, saveAnyway: false };
  if (entered.from === 'later') return chosen;
  const result = await checkDraft(services, chosen, view);
  if (!isRejected(result)) return result;
  // Only the address can be wrong then. Without its step, it is the default.
  if (result.field === 'url' && result.reason !== '' && draft.more)
    return new GoTo('url', rejectedDraft(chosen, result));
  const rejected = result.reason === '' ? undefined : { ...result, field: 'credentials' as const };
  return askKey(services, { ...chosen, rejected }, view, later);
}

async function askHeaderValue(draft: Draft, view: StepView, name: string): Promise<StepResult<Draft>> {
  const value = await askText({
    ...view,
    prompt: formatMessage(l10n.t('Value of the secret header {0}'), name),
    value: enteredHeaders(draft)[name] ?? '',
    placeholder: name === 'authorization' ? 'Bearer …' : '',
    password: true,
    problem: draft.rejected?.field === 'credentials' ? draft.rejected.reason : undefined,
    validate: headerValueProblem,
  });
  if (typeof value !== 'string') return value;
  const headers = { ...enteredHeaders(draft), [name]: value };
  return { ...draft, entered: { from: 'typed', headers }, rejected: undefined, saveAnyway: false };
}

function enteredHeaders({ entered }: Draft): Readonly<Record<string, string>> {
  return entered.from === 'later' ? {} : (entered.headers ?? {});
}

export async function askHeaderNames(draft: Draft, view: StepView): Promise<StepResult<Draft>> {
  const text = await askText({
    ...view,
    prompt: l10n.t('Secret header names, comma-separated (optional). You enter values next.'),
    value: draft.headers.join(', '),
    placeholder: 'Authorization, X-Api-Key',
    validate: headerNamesProblem,
  });
  return typeof text === 'string' ? { ...draft, headers: headerNamesOf(text) } : text;
}

export async function askUserHeader(draft: Draft, view: StepView): Promise<StepResult<Draft>> {
  const name = await askText({
    ...view,
    prompt: l10n.t('Header that identifies the end user (optional)'),
    value: draft.userHeader,
    placeholder: 'X-User-Id',
    validate: (text) => userHeaderProblem(text, draft.headers),
  });
  return typeof name === 'string' ? { ...draft, userHeader: name.toLowerCase() } : name;
}

/** Saves the entered credentials, bound to the origin of the connection. `later` removes any saved credentials. */
export async function saveEntered(services: ConnectionServices, connection: Connection, draft: Draft): Promise<void> {
  const { entered } = draft;
  switch (entered.from) {
    case 'environment':
      await services.credentials.useEnvironment(connection, entered.headers);
      return;
    case 'typed':
      await services.credentials.saveHeaders(connection, entered.headers);
      return;
    case 'later':
      await services.credentials.forget(connection.id);
  }
}
