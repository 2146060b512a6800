import { headerVariable } from '../../base/common/codeLiterals.ts';
import { type Connection, type CredentialProvider, defaultOpenAiUrl } from '../../chatkit/common/connection.ts';
import { SourceError, withheldCodes } from '../../chatkit/common/errors.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import type { HttpRequest, Transport, TransportSettings } from '../../chatkit/node/transport/types.ts';
import type { RequestRecord } from '../../base/common/log.ts';
import { CliError } from './errors.ts';
import type { Output } from './output.ts';

/** Flags of every command that uses a server. */
export interface ConnectionFlags {
  readonly url?: string;
  readonly kind?: string;
  readonly header?: readonly string[];
  readonly user?: string;
  readonly userHeader?: string;
  readonly uploadUrl?: string;
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
  close(): Promise<void>;
}

/** Maximum size of a response body in memory, in bytes. */
const maxBodyBytes = 64 * 1024 * 1024;
const defaultUserHeader = 'x-user-id';
const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

/** Opens the connection of the flags. `user`: the end user to act as, if the flags name none. Throws `CliError`. */
export async function openConnection(
  flags: ConnectionFlags,
  context: Context,
  user: string | null = null,
): Promise<OpenConnection> {
  const { out, env } = context;
  const connection = connectionOf(flags);
  const { headers, secrets } = readHeaders(flags.header ?? [], env);
  out.hide(secrets);
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
  const actingUser = (): string | null => flags.user ?? user;
  return {
    connection,
    transport,
    credentials,
    source: createSource(connection, { transport, log, credentials, onWait, actingUser }),
    close: () => transport.close(),
  };
}

function connectionOf({ kind = 'server', userHeader = defaultUserHeader, ...flags }: ConnectionFlags): Connection {
  if (kind !== 'server' && kind !== 'openai') {
    throw new CliError('usage', `--kind must be server or openai, not "${kind}".`, 'pass --kind server');
  }
  const url = flags.url ?? (kind === 'openai' ? defaultOpenAiUrl : undefined);
  if (url === undefined) {
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
  const { uploadUrl } = flags;
  return {
    id: 'cli',
    name: new URL(url).host,
    kind,
    url: plain,
    ...(kind === 'server' ? { userHeader } : {}),
    ...(uploadUrl === undefined ? {} : { uploadUrl }),
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
    maxBodyBytes,
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

/** The headers of a connection. */
interface CliHeaders {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
}

const secretName = /auth|token|key|secret|cookie|password|passwd|credential|session|signature|jwt|bearer/i;
const secretValue = /^(?:bearer|basic)\s|\b[se]k[-_]\w|\beyJ[\w-]{10,}\./i;
const token = /^[!#$%&'*+.^_`|~\w-]+$/;
const variable = /\benv:([A-Za-z_]\w*)/g;

/**
 * Reads `--header "Name: value"`. `env:VARIABLE` in a value is replaced with the environment variable, also after a scheme
 * (`Bearer env:KEY`). Throws `CliError` for a secret that is written out, and for a variable that is not set.
 */
export function readHeaders(texts: readonly string[], env: NodeJS.ProcessEnv): CliHeaders {
  const headers: Record<string, string> = {};
  const secrets: string[] = [];
  for (const text of texts) {
    const [, name = '', value = ''] = /^([^:]*):\s*(.*)$/s.exec(text.trim()) ?? [];
    if (!token.test(name)) {
      throw new CliError('usage', '--header needs a name and a value.', '--header "Authorization: env:CHATKIT_AUTH"');
    }
    const isFromEnv = new RegExp(variable).test(value);
    if (!isFromEnv && (secretName.test(name) || secretValue.test(value))) {
      throw new CliError(
        'usage',
        `The value of the header ${name} is on the command line, where other programs can read it.`,
        `put it into an environment variable and pass --header "${name}: env:${variableName(name)}"`,
      );
    }
    const filled = value.replace(variable, (_, found: string) => {
      const secret = env[found];
      if (secret === undefined || secret.trim() === '') {
        throw new CliError('usage', `The environment variable ${found} is not set.`, `set ${found} and try again`);
      }
      secrets.push(secret.trim());
      return secret.trim();
    });
    if (/[^\t\x20-\x7e\x80-\xff]/.test(filled)) {
      throw new CliError('usage', `The value of the header ${name} has a character that cannot be sent.`, 'check it');
    }
    if (isFromEnv) secrets.push(filled);
    headers[name.toLowerCase()] = filled;
  }
  return { headers, secrets };
}

function variableName(header: string): string {
  return header.toLowerCase() === 'authorization' ? 'CHATKIT_AUTH' : headerVariable(header);
}
