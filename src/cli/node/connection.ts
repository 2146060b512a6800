import type { JsonObject } from '../../base/common/json.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { type Connection, type CredentialProvider, defaultOpenAiUrl } from '../../chatkit/common/connection.ts';
import { SourceError, withheldCodes } from '../../chatkit/common/errors.ts';
import { ProtocolProblemLog } from '../../chatkit/common/protocolProblems/problemLog.ts';
import { groupProblems } from '../../chatkit/common/protocolProblems/problemReport.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import { parseZoneSetting } from '../../chatkit/common/serverTime.ts';
import {
  type HttpRequest,
  type Transport,
  type TransportSettings,
  defaultMaxBodyBytes,
} from '../../chatkit/node/transport/types.ts';
import type { RequestRecord } from '../../base/common/log.ts';
import { CliError } from './errors.ts';
import type { Output } from './output.ts';
import { checkUser, readHeaders, readMetadata } from './requestFlags.ts';

/** Flags of every command that uses a server. */
export interface ConnectionFlags {
  readonly url?: string;
  readonly kind?: string;
  readonly header?: readonly string[];
  readonly user?: string;
  readonly userHeader?: string;
  readonly uploadUrl?: string;
  /** A JSON object. */
  readonly metadata?: string;
  readonly timeZone?: string;
  readonly timeout?: number;
  readonly retries?: number;
  readonly allowHttp?: boolean;
  readonly verbose?: boolean;
}

/** What a command needs to know of the process. */
export interface Context {
  readonly out: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Fires at Ctrl+C. */
  readonly signal: AbortSignal;
  /** Of this package. */
  readonly version: string;
}

/** An open connection. Close it when the command is done. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly source: ThreadSource;
  readonly transport: Transport;
  readonly credentials: CredentialProvider;
  /** Prints which rules of the protocol the server violated so far. Not printed with `--json`. */
  noteProblems(): void;
  close(): Promise<void>;
}

const defaultUserHeader = 'x-user-id';
const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

/** Opens the connection of the flags. `user`: the end user to act as, if the flags name none. Throws `CliError`. */
export async function openConnection(
  flags: ConnectionFlags,
  context: Context,
  user: string | null = null,
): Promise<OpenConnection> {
  const { out, env } = context;
  const metadata = flags.metadata === undefined ? null : readMetadata(flags.metadata, env);
  const connection = connectionOf(flags, metadata?.metadata ?? null);
  const actingUser = (): string | null => flags.user ?? user;
  if (connection.kind === 'server') checkUser(connection.userHeader, actingUser());
  const { headers, secrets } = readHeaders(flags.header ?? [], env);
  out.hide([...secrets, ...(metadata?.secrets ?? [])]);
  const sent = connection.kind === 'openai' ? withScheme(headers) : headers;
  out.hide(Object.values(sent).filter((value) => secrets.some((secret) => value.includes(secret))));
  const { createSource, createTransport } = await import('../../chatkit/node/network.ts');
  const log = logOf(flags, out);
  const transport = createTransport(transportSettings(flags, context), log);
  const { origin } = new URL(connection.url);
  const credentials: CredentialProvider = {
    headersFor: async (to) => {
      if (to !== origin) throw missing(withheldCodes.otherOrigin);
      if (connection.kind === 'openai' && sent['authorization'] === undefined) throw missing(withheldCodes.missing);
      return sent;
    },
  };
  const onWait: HttpRequest['onWait'] = ({ ms, attempt, reason }) => {
    if (ms >= 1000) out.note(`Waiting ${Math.ceil(ms / 1000)} s for attempt ${attempt + 1} (${reason}).`);
  };
  const problems = new ProtocolProblemLog({ now: Date.now, redact: (text) => out.redact(text) });
  return {
    connection,
    transport,
    credentials,
    source: createSource(connection, { transport, credentials, problems, onWait, actingUser }),
    noteProblems: () => noteProblems(problems, out),
    close: () => transport.close(),
  };
}

/** Maximum number of rules that are listed after a command. */
const maxRules = 8;

function noteProblems(log: ProtocolProblemLog, out: Output): void {
  const groups = groupProblems(log.problems, (rule) => log.countOf(rule));
  if (groups.length === 0) return;
  out.note('Protocol problems ("chatkit-inspector check" explains them):');
  for (const { rule, problems, count } of groups.slice(0, maxRules)) {
    const excerpt = oneLine(problems[0]?.excerpt ?? '', 80);
    const times = count > 1 ? ` (${count} times)` : '';
    out.note(`  ${rule.id} ${rule.title}${times}${excerpt === '' ? '' : `: ${excerpt}`}`);
  }
  if (groups.length > maxRules) out.note(`  ${groups.length - maxRules} more`);
}

function connectionOf(
  { kind = 'server', userHeader = defaultUserHeader, ...flags }: ConnectionFlags,
  metadata: JsonObject | null,
): Connection {
  if (kind !== 'server' && kind !== 'openai') {
    throw new CliError('usage', `--kind must be server or openai, not "${kind}".`, 'pass --kind server');
  }
  const url = flags.url ?? (kind === 'openai' ? defaultOpenAiUrl : undefined);
  // An empty one is a variable that a script did not set: it must not lead to the default.
  if (url === undefined || url === '') {
    throw new CliError('usage', 'There is no URL to connect to.', 'pass --url URL, or set CHATKIT_URL');
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CliError(
      'usage',
      `"${url}" is not a URL that starts with http:// or https://.`,
      'pass one such as http://localhost:8000/chatkit',
    );
  }
  const plain = kind === 'openai' ? url.replace(/\/+$/, '') : url;
  const { uploadUrl, timeZone } = flags;
  if (timeZone !== undefined && parseZoneSetting(timeZone) === null) {
    throw new CliError(
      'usage',
      `--time-zone "${timeZone}" is not a time zone.`,
      'pass local, UTC or an offset such as +09:00',
    );
  }
  return {
    id: 'cli',
    name: new URL(url).host,
    kind,
    url: plain,
    ...(kind === 'server' ? { userHeader } : {}),
    ...(uploadUrl === undefined ? {} : { uploadUrl }),
    ...(kind === 'server' && metadata !== null ? { metadata } : {}),
    ...(kind === 'server' && timeZone !== undefined ? { timeZone } : {}),
  };
}

/** An API key without a scheme is sent as a bearer token, as the API requires. */
function withScheme(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { authorization } = headers;
  return authorization === undefined || /\s/.test(authorization)
    ? headers
    : { ...headers, authorization: `Bearer ${authorization}` };
}

function missing(code: string): SourceError {
  const message =
    code === withheldCodes.missing
      ? 'No API key was given.'
      : 'The server refers to another address, to which no secrets are sent.';
  return new SourceError('withheld', message, { code, mayHaveArrived: false, nextStep: 'setCredentials' });
}

function transportSettings(flags: ConnectionFlags, { env, version }: Context): TransportSettings {
  const names = proxyVariables.flatMap((name) => [name, name.toLowerCase()]);
  return {
    timeoutMs: (flags.timeout ?? 30) * 1000,
    maxRetries: flags.retries ?? 2,
    maxBodyBytes: defaultMaxBodyBytes,
    userAgent: `chatkit-inspector/${version} (cli)`,
    allowInsecureHttp: () => flags.allowHttp === true,
    network: {
      proxySupport: 'override',
      proxy: null,
      proxyAuthorization: null,
      noProxy: [],
      strictSsl: true,
      env: Object.fromEntries(names.map((name) => [name, env[name]])),
    },
  };
}

function logOf({ verbose = false }: ConnectionFlags, out: Output) {
  const note = (text: string): void => {
    if (verbose) out.note(text);
  };
  return {
    request: ({ method, path, host, status, ms, bytes, error }: RequestRecord) =>
      note(`${method} ${host}${path} ${status ?? error ?? ''} ${Math.round(ms)} ms ${bytes} bytes`),
    debug: () => undefined,
    info: note,
    warn: note,
    error: (message: string) => note(message),
  };
}
