import * as l10n from '@vscode/l10n';
import { defaultOpenAiUrl, originOf, type Connection } from '../../../chatkit/common/connection.ts';
import { normaliseUrl } from '../../../chatkit/vscode/connectionSettings.ts';
import { askChoice, askText } from '../../../base/vscode/quickInput.ts';
import { back, type StepResult, type StepView } from '../../../base/vscode/steps.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { newDraft, type Draft } from './draft.ts';
import { nameProblem, urlProblem } from './validate.ts';

export async function askKind(draft: Draft, view: StepView): Promise<StepResult<Draft>> {
  const kind = await askChoice<Connection['kind']>({
    ...view,
    placeholder: l10n.t('What do you want to connect to?'),
    active: draft.kind,
    choices: [
      {
        value: 'openai',
        label: `$(cloud) ${l10n.t('OpenAI API')}`,
        detail: l10n.t('Threads of hosted ChatKit workflows, read with an API key.'),
      },
      {
        value: 'server',
        label: `$(server) ${l10n.t('Self-Hosted ChatKit Server')}`,
        detail: l10n.t('A server of your own that speaks the ChatKit protocol.'),
      },
    ],
  });
  if (kind === undefined || kind === back) return kind;
  if (kind === draft.kind) return draft;
  return { ...newDraft(), kind, name: draft.name, url: kind === 'openai' ? defaultOpenAiUrl : '' };
}

export async function askName(draft: Draft, view: StepView, others: readonly Connection[]): Promise<StepResult<Draft>> {
  const taken = others.map(({ name }) => name);
  const name = await askText({
    ...view,
    prompt: l10n.t('Name of the connection, as the Threads view shows it'),
    value: draft.name || (draft.kind === 'openai' ? freeName('OpenAI', taken) : ''),
    placeholder: l10n.t('My ChatKit server'),
    validate: (text) => nameProblem(text, taken),
  });
  return typeof name === 'string' ? { ...draft, name } : name;
}

export async function askUrl(draft: Draft, view: StepView): Promise<StepResult<Draft>> {
  const isServer = draft.kind === 'server';
  const text = await askText({
    ...view,
    prompt: isServer
      ? l10n.t('URL of the server’s one ChatKit endpoint (the one that takes POST)')
      : l10n.t('Base URL of the API'),
    value: draft.url,
    placeholder: isServer ? 'http://localhost:8000/chatkit' : defaultOpenAiUrl,
    validate: (value) => urlProblem(draft.kind, value),
  });
  if (typeof text !== 'string') return text;
  const url = normaliseUrl(draft.kind, text);
  return 'url' in url ? { ...draft, url: url.url } : draft;
}

/** True while the question about plain http belongs to the flow: unanswered, or answered within it. */
export function asksAboutPlainHttp(parts: ConnectionServices, draft: Draft): boolean {
  if (!URL.canParse(draft.url)) return false;
  return parts.insecureHttp.needsConsent(draft.url) || draft.agreedOrigin === originOf(draft.url);
}

export async function askAboutPlainHttp(
  parts: ConnectionServices,
  draft: Draft,
  view: StepView,
): Promise<StepResult<Draft>> {
  const { host, origin } = new URL(draft.url);
  const choice = await askChoice<'allow' | typeof back>({
    ...view,
    placeholder: l10n.t('Reach {0} by plain HTTP?', host),
    choices: [
      {
        value: back,
        label: `$(arrow-left) ${l10n.t('Change the URL')}`,
        detail: l10n.t('Use https:// if the server can.'),
      },
      {
        value: 'allow',
        label: `$(unlock) ${l10n.t('Allow Plain HTTP')}`,
        detail: l10n.t('Anybody on the way can read the credentials and every message.'),
      },
    ],
  });
  if (choice !== 'allow') return choice;
  await parts.insecureHttp.allow(origin);
  return { ...draft, agreedOrigin: origin };
}

export async function askOrganization(draft: Draft, view: StepView): Promise<StepResult<Draft>> {
  const organization = await askText({
    ...view,
    prompt: l10n.t('Organization ID (optional: leave empty for the key’s own)'),
    value: draft.organization,
    placeholder: 'org-…',
    validate: idProblem,
  });
  return typeof organization === 'string' ? { ...draft, organization } : organization;
}

export async function askProject(draft: Draft, view: StepView): Promise<StepResult<Draft>> {
  const project = await askText({
    ...view,
    prompt: l10n.t('Project ID (optional: leave empty for the key’s own)'),
    value: draft.project,
    placeholder: 'proj_…',
    validate: idProblem,
  });
  return typeof project === 'string' ? { ...draft, project } : project;
}

export async function askReadOnly(draft: Draft, view: StepView): Promise<StepResult<Draft>> {
  const readOnly = await askChoice<boolean>({
    ...view,
    placeholder: l10n.t('What may be done through this connection?'),
    active: draft.readOnly,
    choices: [
      { value: false, label: `$(edit) ${l10n.t('Read and Change')}` },
      {
        value: true,
        label: `$(lock) ${l10n.t('Read Only')}`,
        detail: l10n.t('Everything that changes or sends is refused.'),
      },
    ],
  });
  return typeof readOnly === 'boolean' ? { ...draft, readOnly } : readOnly;
}

function idProblem(text: string): string | undefined {
  return /^[\w.-]*$/.test(text.trim()) ? undefined : l10n.t('An ID has only letters, digits, “-” and “_”.');
}

function freeName(base: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.includes(name)) return name;
  }
}
