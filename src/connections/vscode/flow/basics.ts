import * as l10n from '@vscode/l10n';
import { QuickPickItemKind } from 'vscode';
import { type Connection, defaultOpenAiUrl, originOf } from '../../../chatkit/common/connection.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { type Choice, askChoice, askText } from '../../../base/vscode/quickInput.ts';
import { GoTo, type Step, type StepResult, type StepView, back, namedStep } from '../../../base/vscode/steps.ts';
import { mask } from '../../../base/common/redact.ts';
import { keyHeaders, keyVariable } from '../secretHeaders.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { isLoopbackHost, parseZoneSetting } from '../../../chatkit/common/serverTime.ts';
import { normaliseUrl } from '../../../chatkit/vscode/connectionSettings.ts';
import { checkDraft, isRejected, rejectedDraft } from './check.ts';
import {
  type ConnectionDraft,
  defaultName,
  headerNamesOf,
  headerNamesProblem,
  headerValueProblem,
  keyProblem,
  idProblem,
  nameProblem,
  newDraft,
  urlProblem,
  userHeaderProblem,
} from './connectionDraft.ts';

type DraftResult = StepResult<ConnectionDraft>;

/** Kinds, and the rows that lead to other questions. */
type KindChoice = Connection['kind'] | 'find' | 'more';

/** Asks for the kind. *Find Local Servers* sends requests, so it runs only when it is selected. */
export async function askKind(
  draft: ConnectionDraft,
  view: StepView,
  find: (draft: ConnectionDraft, view: StepView) => Promise<DraftResult>,
  active: KindChoice = draft.kind,
): Promise<DraftResult> {
  const more: readonly Choice<KindChoice>[] = draft.more
    ? []
    : [
        { value: 'more', label: '', kind: QuickPickItemKind.Separator },
        {
          value: 'find',
          label: `$(search) ${l10n.t('Find Local Servers')}`,
          detail: l10n.t('Sends a request to common ports of this machine.'),
        },
        {
          value: 'more',
          label: `$(settings) ${l10n.t('More Options…')}`,
          detail: l10n.t('Also asks for a name, secret headers, an organization or the access level.'),
        },
      ];
  const choice = await askChoice<KindChoice>({
    ...view,
    placeholder: l10n.t('Select what to connect to'),
    active,
    choices: [
      {
        value: 'openai',
        label: `$(cloud) ${l10n.t('OpenAI API')}`,
        detail: l10n.t('Threads of hosted ChatKit workflows, read with an API key.'),
      },
      {
        value: 'server',
        label: `$(server) ${l10n.t('Self-Hosted ChatKit Server')}`,
        detail: l10n.t('Your own server that implements the ChatKit protocol.'),
      },
      ...more,
    ],
  });
  if (choice === undefined || choice === back) return choice;
  if (choice === 'more') return askKind({ ...draft, more: true }, view, find);
  if (choice === 'find') {
    const found = await find(draft, view);
    return found === back ? askKind(draft, view, find, 'find') : found;
  }
  if (choice === draft.kind) return draft;
  const url = choice === 'openai' ? defaultOpenAiUrl : '';
  return { ...newDraft(), kind: choice, more: draft.more, name: draft.name, url };
}

export async function askName(
  draft: ConnectionDraft,
  view: StepView,
  others: readonly Connection[],
): Promise<DraftResult> {
  const taken = others.map(({ name }) => name);
  const name = await askText({
    ...view,
    prompt: l10n.t('Name of the connection in the Threads view'),
    value: draft.name || defaultName(draft, taken),
    placeholder: l10n.t('My ChatKit server'),
    validate: (text) => nameProblem(text, taken),
  });
  return typeof name === 'string' ? { ...draft, name } : name;
}

export async function askUrl(draft: ConnectionDraft, view: StepView): Promise<DraftResult> {
  const isServer = draft.kind === 'server';
  const text = await askText({
    ...view,
    prompt: isServer ? l10n.t('URL of the server’s ChatKit endpoint') : l10n.t('Base URL of the API'),
    value: draft.url,
    problem: draft.rejected?.field === 'url' ? draft.rejected.reason : undefined,
    placeholder: isServer ? 'http://localhost:8000/chatkit' : defaultOpenAiUrl,
    validate: (value) => urlProblem(draft.kind, value),
  });
  if (typeof text !== 'string') return text;
  const url = normaliseUrl(draft.kind, text);
  return 'url' in url ? { ...draft, url: url.url, rejected: undefined, saveAnyway: false } : draft;
}

/**
 * Returns true when the flow includes the question about plain HTTP: it is unanswered, or was answered in this flow.
 */
export function asksAboutPlainHttp(services: ConnectionServices, draft: ConnectionDraft): boolean {
  if (!URL.canParse(draft.url)) return false;
  return services.insecureHttp.needsConsent(draft.url) || draft.agreedOrigin === originOf(draft.url);
}

export async function askAboutPlainHttp(
  services: ConnectionServices,
  draft: ConnectionDraft,
  view: StepView,
): Promise<DraftResult> {
  const { host, origin } = new URL(draft.url);
  const choice = await askChoice<'allow' | typeof back>({
    ...view,
    placeholder: l10n.t('Connect to {0} over plain HTTP?', host),
    choices: [
      {
        value: back,
        label: `$(arrow-left) ${l10n.t('Change the URL')}`,
        detail: l10n.t('Use https:// if the server supports it.'),
      },
      {
        value: 'allow',
        label: `$(unlock) ${l10n.t('Allow Plain HTTP')}`,
        detail: l10n.t('Credentials and messages are sent unencrypted.'),
      },
    ],
  });
  if (choice !== 'allow') return choice;
  await services.insecureHttp.allow(origin);
  return { ...draft, agreedOrigin: origin };
}

export async function askOrganization(draft: ConnectionDraft, view: StepView): Promise<DraftResult> {
  const organization = await askText({
    ...view,
    prompt: l10n.t('Organization ID (optional; empty: the default of the API key)'),
    value: draft.organization,
    placeholder: 'org-…',
    validate: idProblem,
  });
  return typeof organization === 'string' ? { ...draft, organization } : organization;
}

export async function askProject(draft: ConnectionDraft, view: StepView): Promise<DraftResult> {
  const project = await askText({
    ...view,
    prompt: l10n.t('Project ID (optional; empty: the default of the API key)'),
    value: draft.project,
    placeholder: 'proj_…',
    validate: idProblem,
  });
  return typeof project === 'string' ? { ...draft, project } : project;
}

export async function askReadOnly(draft: ConnectionDraft, view: StepView): Promise<DraftResult> {
  const readOnly = await askChoice<boolean>({
    ...view,
    placeholder: l10n.t('Select the access level'),
    active: draft.readOnly,
    choices: [
      { value: false, label: `$(edit) ${l10n.t('Read and Write')}` },
      {
        value: true,
        label: `$(lock) ${l10n.t('Read-Only')}`,
        detail: l10n.t('Blocks all changes and messages.'),
      },
    ],
  });
  return typeof readOnly === 'boolean' ? { ...draft, readOnly } : readOnly;
}

/** Asks for the zone of times without one. `inferred`: what a response showed, in minutes east of UTC. */
export async function askTimeZone(
  draft: ConnectionDraft,
  view: StepView,
  inferred: number | null,
): Promise<DraftResult> {
  const { timeZone } = draft;
  const isOffset = timeZone !== '' && parseZoneSetting(timeZone) !== 'local' && parseZoneSetting(timeZone) !== 0;
  const choice = await askChoice<'' | 'local' | 'UTC' | 'offset'>({
    ...view,
    placeholder: l10n.t('Select the zone of times that the server sends without one'),
    active: isOffset ? 'offset' : timeZone === '' ? '' : parseZoneSetting(timeZone) === 0 ? 'UTC' : 'local',
    choices: [
      {
        value: '',
        label: `$(sparkle) ${l10n.t('Automatic')}`,
        description: timeZoneText({ url: draft.url }, inferred),
        detail: l10n.t('This computer for a server on it. Otherwise inferred from the next new item.'),
      },
      { value: 'local', label: `$(device-desktop) ${l10n.t('This Computer')}` },
      { value: 'UTC', label: '$(globe) UTC' },
      { value: 'offset', label: `$(clock) ${l10n.t('Offset…')}`, description: isOffset ? timeZone : '' },
    ],
  });
  if (choice === undefined || choice === back) return choice;
  if (choice !== 'offset') return { ...draft, timeZone: choice };
  const offset = await askText({
    ...view,
    prompt: l10n.t('Offset from UTC'),
    value: isOffset ? timeZone : inferred === null ? '' : offsetText(inferred),
    placeholder: '+09:00',
    validate: (text) =>
      typeof parseZoneSetting(text) === 'number' ? undefined : l10n.t('Enter an offset such as +09:00 or -3.'),
  });
  return typeof offset === 'string' ? { ...draft, timeZone: offset } : offset;
}

/** Which zone applies to times without one. `inferred`: minutes east of UTC. */
export function timeZoneText(
  { url, timeZone = '' }: Pick<Connection, 'url' | 'timeZone'>,
  inferred: number | null,
): string {
  if (timeZone !== '') return timeZone === 'local' ? l10n.t('this computer') : timeZone;
  if (URL.canParse(url) && isLoopbackHost(new URL(url).hostname)) return l10n.t('automatic: this computer');
  return inferred === null
    ? l10n.t('automatic: UTC is assumed')
    : l10n.t('automatic: {0}, inferred from a new item', `UTC${offsetText(inferred)}`);
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** Returns the steps for a connection's credentials. `later`: the user can skip them. */
export function secretSteps(
  services: ConnectionServices,
  draft: ConnectionDraft,
  later: boolean,
): readonly Step<ConnectionDraft>[] {
  if (draft.kind === 'server') {
    return draft.headers.map((name, index) =>
      namedStep(index === 0 ? 'credentials' : `header:${name}`, (current, view) => askHeaderValue(current, view, name)),
    );
  }
  // Gateways need headers of their own. They are entered first, because the key is tested with them.
  const more = draft.headers
    .filter((name) => name !== 'authorization')
    .map((name) =>
      namedStep<ConnectionDraft>(`header:${name}`, (current, view) => askHeaderValue(current, view, name)),
    );
  const key = namedStep<ConnectionDraft>('credentials', (current, view) => askKey(services, current, view, later));
  if (!services.env[keyVariable]?.trim()) return [...more, key];
  const source: Step<ConnectionDraft> = (current, view) => askKeySource(services, current, view, later);
  return draft.keySource === 'typed' ? [...more, source, key] : [...more, source];
}

async function askKeySource(
  services: ConnectionServices,
  draft: ConnectionDraft,
  view: StepView,
  later: boolean,
): Promise<DraftResult> {
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
  const chosen: ConnectionDraft = {
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
  draft: ConnectionDraft,
  view: StepView,
  later: boolean,
): Promise<StepResult<ConnectionDraft | GoTo<ConnectionDraft>>> {
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
  const chosen: ConnectionDraft = { ...draft, entered, rejected: undefined, saveAnyway: false };
  if (entered.from === 'later') return chosen;
  const result = await checkDraft(services, chosen, view);
  if (!isRejected(result)) return result;
  // Only the address can be wrong then. Without its step, it is the default.
  if (result.field === 'url' && result.reason !== '' && draft.more)
    return new GoTo('url', rejectedDraft(chosen, result));
  const rejected = result.reason === '' ? undefined : { ...result, field: 'credentials' as const };
  return askKey(services, { ...chosen, rejected }, view, later);
}

async function askHeaderValue(draft: ConnectionDraft, view: StepView, name: string): Promise<DraftResult> {
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

function enteredHeaders({ entered }: ConnectionDraft): Readonly<Record<string, string>> {
  return entered.from === 'later' ? {} : (entered.headers ?? {});
}

export async function askHeaderNames(draft: ConnectionDraft, view: StepView): Promise<DraftResult> {
  const text = await askText({
    ...view,
    prompt: l10n.t('Secret header names, comma-separated (optional). You enter values next.'),
    value: draft.headers.join(', '),
    placeholder: 'Authorization, X-Api-Key',
    validate: headerNamesProblem,
  });
  return typeof text === 'string' ? { ...draft, headers: headerNamesOf(text) } : text;
}

export async function askUserHeader(draft: ConnectionDraft, view: StepView): Promise<DraftResult> {
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
export async function saveEntered(
  services: ConnectionServices,
  connection: Connection,
  draft: ConnectionDraft,
): Promise<void> {
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
