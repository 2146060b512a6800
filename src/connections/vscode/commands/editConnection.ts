import * as l10n from '@vscode/l10n';
import { type Connection, redirectedUrl } from '../../../chatkit/common/connection.ts';
import type { Redirect } from '../../../chatkit/common/errors.ts';
import { type Choice, askChoice } from '../../../base/vscode/quickInput.ts';
import {
  GoTo,
  type Step,
  type StepResult,
  type StepView,
  back,
  namedStep,
  runSteps,
} from '../../../base/vscode/steps.ts';
import {
  askAboutPlainHttp,
  askHeaderNames,
  askName,
  askOrganization,
  askProject,
  askReadOnly,
  askTimeZone,
  askUrl,
  askUserHeader,
  asksAboutPlainHttp,
  timeZoneText,
} from '../flow/basics.ts';
import { checkDraft, isRejected, rejectedDraft } from '../flow/check.ts';
import { type ConnectionDraft, draftOf, toConnection } from '../flow/connectionDraft.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { setCredentials } from './setCredentials.ts';

type Field =
  'name' | 'url' | 'organization' | 'project' | 'headers' | 'userHeader' | 'timeZone' | 'readOnly' | 'credentials';

/**
 * Lists the properties of a connection and edits one at a time until the user cancels. Each change is saved
 * immediately. `redirect`: of a request, where the URL is edited first and contains its target.
 */
export async function editConnection(
  services: ConnectionServices,
  connectionId: string,
  redirect?: Redirect,
): Promise<void> {
  let active: Field = 'name';
  const first = services.registry.get(connectionId);
  const target = first === undefined || redirect === undefined ? null : redirectedUrl(first, redirect);
  if (first !== undefined && target !== null) {
    await editField(services, first, 'url', { ...draftOf(first), url: target });
    active = await nextAfter(services, connectionId, 'url');
  }
  for (;;) {
    const connection = services.registry.get(connectionId);
    if (connection === undefined) return;
    const field: StepResult<Field> = await askChoice<Field>({
      title: titleOf(connection),
      placeholder: l10n.t('Select a setting to edit'),
      active,
      choices: await fieldsOf(services, connection),
    });
    if (field === undefined || field === back) return;
    if (field === 'credentials') await setCredentials(services, connection);
    else await editField(services, connection, field);
    active = await nextAfter(services, connectionId, field);
  }
}

/** A new origin and a new secret header need credentials. */
async function nextAfter(services: ConnectionServices, connectionId: string, field: Field): Promise<Field> {
  if ((field !== 'url' && field !== 'headers') || services.registry.get(connectionId) === undefined) return field;
  const state = await services.registry.credentialState(connectionId);
  return state === 'otherOrigin' || state === 'missing' ? 'credentials' : field;
}

async function editField(
  services: ConnectionServices,
  connection: Connection,
  field: Exclude<Field, 'credentials'>,
  initial: ConnectionDraft = draftOf(connection),
): Promise<void> {
  const others = services.registry.all.filter(({ id }) => id !== connection.id);
  const questions: Record<typeof field, Step<ConnectionDraft>> = {
    name: (draft, view) => askName(draft, view, others),
    url: askUrl,
    organization: askOrganization,
    project: askProject,
    headers: askHeaderNames,
    userHeader: askUserHeader,
    timeZone: (draft, view) => askTimeZone(draft, view, services.zones.minutes(connection)),
    readOnly: askReadOnly,
  };
  const plainHttp: Step<ConnectionDraft> = (draft, view) => askAboutPlainHttp(services, draft, view);
  const question = namedStep<ConnectionDraft>('url', (draft, view) =>
    questions[field](draft, { ...view, canGoBack: true }),
  );
  const test: Step<ConnectionDraft> = (draft, view) => testChange(services, connection, draft, view);
  const draft = await runSteps(titleOf(connection), initial, (current) => [
    question,
    ...(field === 'url' && asksAboutPlainHttp(services, current) ? [plainHttp] : []),
    ...(testedFields.has(field) ? [test] : []),
  ]);
  if (draft === undefined) return;
  // *Automatic* also means that an earlier conclusion no longer counts.
  if (field === 'timeZone' && draft.timeZone === '' && services.zones.minutes(connection) !== null) {
    await services.zones.forget(connection.id);
    services.registry.renew([connection.id]);
  }
  const changed = toConnection(draft, connection.id);
  if (JSON.stringify(changed) === JSON.stringify(connection)) return;
  await services.settings.saveConnection(changed);
}

/** The fields that affect requests. */
const testedFields: ReadonlySet<Field> = new Set<Field>(['url', 'organization', 'project', 'headers', 'userHeader']);

/** Runs the same test as *Add Connection*, unless credentials are missing: setting them tests the connection. */
async function testChange(
  services: ConnectionServices,
  before: Connection,
  draft: ConnectionDraft,
  view: StepView,
): Promise<StepResult<ConnectionDraft | GoTo<ConnectionDraft>>> {
  const changed = toConnection(draft, before.id);
  if (draft.saveAnyway || JSON.stringify(changed) === JSON.stringify(before)) return draft;
  const state = await services.credentials.state(changed);
  if (state === 'missing' || state === 'otherOrigin') return draft;
  const result = await checkDraft(services, draft, view, services.credentials.provider(changed));
  if (!isRejected(result)) return result;
  return result.reason === '' || result.field !== 'url' ? back : new GoTo('url', rejectedDraft(draft, result));
}

async function fieldsOf(services: ConnectionServices, connection: Connection): Promise<readonly Choice<Field>[]> {
  const none = l10n.t('none');
  const isServer = connection.kind === 'server';
  const choice = (value: Field, label: string, description: string): Choice<Field> => ({ value, label, description });
  return [
    choice('name', l10n.t('Name'), connection.name),
    choice('url', l10n.t('URL'), connection.url),
    ...(isServer
      ? [
          choice('headers', l10n.t('Secret Headers'), connection.headers?.join(', ') ?? none),
          choice('userHeader', l10n.t('User Header'), connection.userHeader ?? none),
          choice('timeZone', l10n.t('Time Zone'), timeZoneText(connection, services.zones.minutes(connection))),
        ]
      : [
          choice('organization', l10n.t('Organization'), connection.organization ?? none),
          choice('project', l10n.t('Project'), connection.project ?? none),
        ]),
    choice('readOnly', l10n.t('Access'), connection.readOnly === true ? l10n.t('read-only') : l10n.t('read and write')),
    choice('credentials', l10n.t('Credentials'), await services.credentials.describe(connection)),
  ];
}

function titleOf(connection: Connection): string {
  return l10n.t('Edit Connection: {0}', connection.name);
}
