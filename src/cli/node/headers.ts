import { headerVariable } from '../../base/common/codeLiterals.ts';
import { CliError } from './errors.ts';

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
