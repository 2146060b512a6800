// zod/mini: part of what activation loads (see host/connectionSettings.ts).
import { execFile } from 'node:child_process';
import * as z from 'zod/mini';
import type { Connection } from '../../chatkit/common/connection.ts';
import { SourceError, withheldCodes } from '../../chatkit/common/errors.ts';
import { isRecord } from '../../base/common/json.ts';

type SecretHeaders = Readonly<Record<string, string>>;

/** A command may open a browser or ask a service, in ms. */
const timeoutMs = 60_000;
const maxBytes = 64 * 1024;

/**
 * The credentials that a command of the user's settings prints, in memory. It is run again after a 401. The arguments
 * are passed to the program as they are, without a shell.
 */
export class CommandCredentials {
  readonly #isTrusted: () => boolean;
  readonly #run: typeof runCommand;
  readonly #printed = new Map<string, { readonly key: string; readonly headers: Promise<SecretHeaders> }>();

  constructor(isTrusted: () => boolean, run: typeof runCommand = runCommand) {
    this.#isTrusted = isTrusted;
    this.#run = run;
  }

  /** Throws `SourceError` `withheld` in a window that is not trusted, and where the command fails. */
  headersFor(connection: Connection, command: readonly string[]): Promise<SecretHeaders> {
    if (!this.#isTrusted()) throw withheld('The credential command of the connection runs only in trusted windows.');
    const key = JSON.stringify([command, secretHeaderNames(connection), connection.url]);
    const known = this.#printed.get(connection.id);
    if (known?.key === key) return known.headers;
    const headers = this.#run(command).then((output) => headersOf(connection, output));
    this.#printed.set(connection.id, { key, headers });
    headers.catch(() => this.forget(connection.id));
    return headers;
  }

  /** Forgets what the command printed, so that the next request runs it again. */
  forget(connectionId: string): void {
    this.#printed.delete(connectionId);
  }
}

/** Runs a command and returns what it printed. Throws `SourceError` `withheld` without quoting its output. */
function runCommand([file = '', ...args]: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: timeoutMs, maxBuffer: maxBytes, windowsHide: true, encoding: 'utf8' } as const;
    execFile(file, args, options, (error, stdout) => {
      if (error === null) return resolve(stdout);
      const reason = error.killed === true ? 'it took too long or printed too much' : `it ended with ${error.code}`;
      reject(withheld(`The credential command of the connection failed: ${reason}.`));
    });
  });
}

/**
 * The secret headers in the output of a command: a JSON object of header values, or one line with the value of the only
 * secret header. A token for `Authorization` needs no scheme. Throws `SourceError` `withheld` where it is neither.
 */
export function headersOf(connection: Connection, output: string): SecretHeaders {
  const names = secretHeaderNames(connection);
  const text = output.trim();
  const json = text.startsWith('{') ? parse(text) : null;
  if (json !== null) {
    const given = new Map(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]));
    const missing = names.find((name) => typeof given.get(name) !== 'string');
    if (missing !== undefined) throw withheld(`The credential command printed no value for ${missing}.`);
    return Object.fromEntries(names.map((name) => [name, withScheme(name, given.get(name) as string)]));
  }
  const [name, ...others] = names;
  if (name === undefined) throw withheld('The connection has no secret header for the output of its command.');
  if (others.length > 0) throw withheld('The credential command must print a JSON object with all secret headers.');
  if (text === '' || !/^[\x20-\x7e\x80-\xff]+$/.test(text)) {
    throw withheld('The credential command must print one line.');
  }
  return { [name]: withScheme(name, text) };
}

function withScheme(name: string, value: string): string {
  return name === 'authorization' && !/\s/.test(value.trim()) ? `Bearer ${value.trim()}` : value.trim();
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function withheld(message: string): SourceError {
  return new SourceError('withheld', message, {
    code: withheldCodes.command,
    mayHaveArrived: false,
    nextStep: 'editConnection',
  });
}

/** The environment variable that can provide an API key, if the user selects it. */
export const keyVariable = 'OPENAI_API_KEY';

const recordSchema = z.union([
  z.object({
    origin: z.string(),
    environment: z.literal(keyVariable),
    /** Values of further secret headers, besides the key. */
    headers: z.optional(z.record(z.string(), z.string())),
  }),
  z.object({ origin: z.string(), environment: z.optional(z.undefined()), headers: z.record(z.string(), z.string()) }),
]);

/**
 * What SecretStorage contains for one connection, as JSON: the secret headers (names in lower case), or only the choice
 * to read the key from the environment. Each is valid for one origin only.
 */
export type CredentialRecord = z.infer<typeof recordSchema>;

/** Returns the key of a connection in SecretStorage. */
export function secretKeyOf(connectionId: string): string {
  return `chatkit.credentials.${connectionId}`;
}

/** Returns the connection that a secret belongs to, or undefined for other secrets. */
export function connectionIdOf(secretKey: string): string | undefined {
  const prefix = secretKeyOf('');
  return secretKey.startsWith(prefix) ? secretKey.slice(prefix.length) : undefined;
}

/** Returns undefined for text that is not a valid record: the row then asks for the credentials again. */
export function parseCredentialRecord(text: string): CredentialRecord | undefined {
  try {
    const result = recordSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the secret header for an API key (chatkit-api 1.2). */
export function keyHeaders(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

/** Returns the names (in lower case) of the secret headers that a connection sends. */
export function secretHeaderNames(connection: Connection): readonly string[] {
  const { kind, headers = [] } = connection;
  return kind === 'openai' ? ['authorization', ...headers.filter((name) => name !== 'authorization')] : headers;
}
