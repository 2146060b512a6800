import * as l10n from '@vscode/l10n';
import { isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { Connection } from '../../../chatkit/common/connection.ts';
import type { ThreadSource } from '../../../chatkit/common/threadSource.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import { askChoice, askToWait } from '../../../base/vscode/quickInput.ts';
import { type Step, type StepResult, type StepView, back, namedStep, runSteps } from '../../../base/vscode/steps.ts';
import type { ConnectionServices } from '../connectionServices.ts';
import { checkStep, readOneThread } from '../flow/check.ts';
import { type ConnectionDraft, defaultName, newConnectionId, newDraft, toConnection } from '../flow/connectionDraft.ts';
import {
  askAboutPlainHttp,
  askHeaderNames,
  askKind,
  askName,
  askOrganization,
  askProject,
  askReadOnly,
  askUrl,
  askUserHeader,
  asksAboutPlainHttp,
  saveEntered,
  secretSteps,
} from '../flow/basics.ts';

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
function stepsFor(services: ConnectionServices, draft: ConnectionDraft): readonly Step<ConnectionDraft>[] {
  const kind: Step<ConnectionDraft> = (current, view) =>
    askKind(current, view, (unfinished, search) => askFoundServer(services, unfinished, search));
  const url = namedStep('url', askUrl);
  const name: Step<ConnectionDraft> = (current, view) => askName(current, view, services.registry.all);
  const plainHttp: Step<ConnectionDraft> = (current, view) => askAboutPlainHttp(services, current, view);
  const check: Step<ConnectionDraft> = (current, view) => checkStep(services, current, view);
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

/** Ports that web frameworks use by default. */
const ports = [8000, 8080, 3000, 3001, 4000, 5000, 5173, 8001, 8787, 9000];
/** Paths of the endpoint in the examples of ChatKit servers. */
const paths = ['/chatkit', '/api/chatkit', '/support/chatkit', '/'];
/** Time limit for one address, in ms. */
const timeoutMs = 2_000;

/** A server of this machine. */
interface FoundServer {
  readonly url: string;
  /** It rejected the request, because it requires secret headers. */
  readonly needsHeaders: boolean;
}

/**
 * Sends the request for one thread to each common address of this machine (of the extension host), and returns those that
 * answer as ChatKit servers do. A port on which nothing listens gets one connection attempt.
 */
export async function findServers(
  open: (url: string) => Promise<ThreadSource>,
  signal: AbortSignal,
  candidates: readonly number[] = ports,
): Promise<readonly FoundServer[]> {
  const found = await Promise.all(candidates.map((port) => findAtPort(open, port, signal)));
  return found.filter((server) => server !== null);
}

async function findAtPort(
  open: (url: string) => Promise<ThreadSource>,
  port: number,
  signal: AbortSignal,
): Promise<FoundServer | null> {
  for (const path of paths) {
    const url = `http://localhost:${port}${path}`;
    try {
      await readOneThread(await open(url), AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
      return { url, needsHeaders: false };
    } catch (error) {
      signal.throwIfAborted();
      const failure = toSourceError(error);
      // Other servers also answer 401, so the path must be that of a ChatKit server.
      if (isSourceError(failure, 'unauthorized') && path !== '/') return { url, needsHeaders: true };
      if (isSourceError(failure, 'network') || isSourceError(failure, 'cancelled')) return null;
    }
  }
  return null;
}

/** Searches, and asks which server to connect to. Returns `back` when there is none. */
async function askFoundServer(
  services: ConnectionServices,
  draft: ConnectionDraft,
  view: StepView,
): Promise<StepResult<ConnectionDraft>> {
  const message = l10n.t('Searching for ChatKit servers on this machine…');
  const found = await askToWait({ ...view, canGoBack: true, message }, (signal) =>
    findServers((url) => openCandidate(services, url), signal),
  );
  if (found === undefined || found === back) return found;
  const known = new Set(services.registry.all.map(({ url }) => url));
  const unknown = found.filter(({ url }) => !known.has(url));
  if (unknown.length === 0) {
    const none = l10n.t('No ChatKit server answers on a common port of this machine ({0}). Enter its URL instead.');
    void showInformation(
      found.length === 0
        ? formatMessage(none, ports.join(', '))
        : l10n.t('All ChatKit servers that were found on this machine are already connected.'),
    );
    return back;
  }
  const url = await askChoice<FoundServer>({
    ...view,
    canGoBack: true,
    placeholder: l10n.t('Select a server'),
    choices: unknown.map((server) => ({
      value: server,
      label: `$(server) ${server.url}`,
      ...(server.needsHeaders ? { description: l10n.t('requires secret headers') } : {}),
    })),
  });
  if (url === undefined || url === back) return url;
  return { ...draft, kind: 'server', url: url.url, isFound: true, more: url.needsHeaders };
}

function openCandidate(services: ConnectionServices, url: string): Promise<ThreadSource> {
  const connection: Connection = { id: 'search', name: url, kind: 'server', url };
  return services.network.createSource(connection, { headersFor: async () => ({}) });
}
