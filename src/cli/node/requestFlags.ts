// What `--header` and `--metadata` send. Secrets are read from environment variables only.
import { headerVariable } from '../../base/common/codeLiterals.ts';
import { type JsonObject, isJsonObject, mapTexts, pathText } from '../../base/common/json.ts';
import { parsedOrUndefined } from '../../base/common/parseJson.ts';
import { CliError } from './errors.ts';

/** The headers of a connection. */
interface CliHeaders {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
}

const secretName = /auth|token|key|secret|cookie|password|passwd|credential|session|signature|jwt|bearer/i;
/** Names of fields are words of the application (`author`, `session_id`), so that only these are secret. */
const secretField =
  /(?:^|[_-]|[a-z](?=[A-Z]))(?:authorization|cookie|credentials?|jwt|passw(?:or)?d|secret|token|(?:api|access)[_-]?key)$/i;
const secretValue = /^(?:bearer|basic)\s|\b[se]k[-_]\w|\beyJ[\w-]{10,}\./i;
const token = /^[!#$%&'*+.^_`|~\w-]+$/;
/** A request has these of its own. */
const ownHeaders =
  /^(?:connection|content-length|content-type|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;
const cannotBeSent = /[^\t\x20-\x7e\x80-\xff]/;
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
    if (ownHeaders.test(name)) {
      throw new CliError('usage', `The header ${name} is set by the request itself.`, 'leave it out');
    }
    const isFromEnv = new RegExp(variable).test(value);
    if (!isFromEnv && (secretName.test(name) || secretValue.test(value))) {
      throw new CliError(
        'usage',
        `The value of the header ${name} is on the command line, where other programs can read it.`,
        `put it into an environment variable and pass --header "${name}: env:${variableName(name)}"`,
      );
    }
    const filled = fill(value, env, secrets);
    if (cannotBeSent.test(filled)) {
      throw new CliError('usage', `The value of the header ${name} has a character that cannot be sent.`, 'check it');
    }
    if (isFromEnv) secrets.push(filled);
    headers[name.toLowerCase()] = filled;
  }
  return { headers, secrets };
}

/** Throws `CliError` where the header with the end user cannot be sent. */
export function checkUser(header: string | undefined, user: string | null): void {
  if (header !== undefined && (!token.test(header) || ownHeaders.test(header))) {
    throw new CliError(
      'usage',
      `--user-header "${header}" is not the name of a header that can be sent.`,
      'pass --user-header x-user-id',
    );
  }
  if (user === null || !cannotBeSent.test(user)) return;
  throw new CliError(
    'usage',
    'The user has a character that cannot be sent in a header.',
    'use an ID of ASCII letters',
  );
}

/** Replaces each `env:VARIABLE` and adds its value to `secrets`. Throws `CliError` for a variable that is not set. */
function fill(text: string, env: NodeJS.ProcessEnv, secrets: string[]): string {
  return text.replace(variable, (_, found: string) => {
    const secret = env[found];
    if (secret === undefined || secret.trim() === '') {
      throw new CliError('usage', `The environment variable ${found} is not set.`, `set ${found} and try again`);
    }
    secrets.push(secret.trim());
    return secret.trim();
  });
}

/** The `metadata` of each command. */
interface CliMetadata {
  readonly metadata: JsonObject;
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
}

/**
 * Reads `--metadata`, a JSON object. `env:VARIABLE` in its texts is replaced with the environment variable. Throws
 * `CliError` for anything else than an object, for a secret that is written out, and for a variable that is not set.
 */
export function readMetadata(text: string, env: NodeJS.ProcessEnv): CliMetadata {
  const json = parsedOrUndefined(text);
  if (!isJsonObject(json)) {
    throw new CliError('usage', '--metadata needs a JSON object.', `--metadata '{"tenant": "acme"}'`);
  }
  const secrets: string[] = [];
  const metadata = mapTexts(json, (value, path) => {
    const isFromEnv = new RegExp(variable).test(value);
    if (!isFromEnv && (path.some((key) => secretField.test(String(key))) || secretValue.test(value))) {
      const place = pathText(path);
      throw new CliError(
        'usage',
        `The value of ${place} in --metadata is on the command line, where other programs can read it.`,
        'put it into an environment variable and write "env:VARIABLE" in its place',
      );
    }
    const filled = fill(value, env, secrets);
    if (isFromEnv) secrets.push(filled);
    return filled;
  });
  return { metadata: metadata as JsonObject, secrets };
}

function variableName(header: string): string {
  return header.toLowerCase() === 'authorization' ? 'CHATKIT_AUTH' : headerVariable(header);
}
