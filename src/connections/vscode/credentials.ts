import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Connection, type CredentialProvider, originOf } from '../../chatkit/common/connection.ts';
import { SourceError, withheldCodes } from '../../chatkit/common/errors.ts';
import { mask } from '../../base/common/redact.ts';
import type { SecretLocation, Secrets } from '../../base/vscode/secrets.ts';
import {
  CommandCredentials,
  type CredentialRecord,
  connectionIdOf,
  keyHeaders,
  keyVariable,
  parseCredentialRecord,
  secretHeaderNames,
  secretKeyOf,
} from './secretHeaders.ts';
import type { CredentialState } from './services.ts';

type Headers = Readonly<Record<string, string>>;

interface SavedCredentials {
  readonly text: string;
  readonly record: CredentialRecord | undefined;
  readonly location: SecretLocation;
}

/** The credentials of the connections: bound to an origin, read on first use, synchronized with other windows. */
export class Credentials implements vscode.Disposable {
  readonly #secrets: Secrets;
  readonly #env: NodeJS.ProcessEnv;
  readonly #commands: CommandCredentials;
  readonly #cache = new Map<string, Promise<SavedCredentials | undefined>>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #subscription: vscode.Disposable;
  /** Fires with the ID of a connection when its credentials differ from before. */
  readonly onDidChange = this.#changed.event;

  constructor(
    secrets: Secrets,
    env: NodeJS.ProcessEnv,
    commands = new CommandCredentials(() => vscode.workspace.isTrusted),
  ) {
    this.#secrets = secrets;
    this.#env = env;
    this.#commands = commands;
    this.#subscription = secrets.onDidChange((key) => {
      const connectionId = connectionIdOf(key);
      if (connectionId !== undefined) void this.#reload(connectionId);
    });
  }

  async state(connection: Connection): Promise<CredentialState> {
    const needed = secretHeaderNames(connection);
    if (needed.length === 0 || connection.credentialCommand !== undefined) return 'notNeeded';
    const saved = await this.#read(connection.id);
    if (saved?.record === undefined) return 'missing';
    if (saved.record.origin !== originOf(connection.url)) return 'otherOrigin';
    const headers = this.#headersOf(saved.record);
    if (needed.some((name) => !headers[name])) return 'missing';
    if (saved.record.environment !== undefined) return 'environment';
    return saved.location;
  }

  /** Returns the masked credentials and where they are stored: `sk-…a1b2 (saved)`. */
  async describe(connection: Connection): Promise<string> {
    const [program] = connection.credentialCommand ?? [];
    if (program !== undefined) return l10n.t('from the command {0}', program);
    const state = await this.state(connection);
    const saved = await this.#read(connection.id);
    const shown = saved?.record === undefined ? '' : this.#masked(connection, saved.record);
    switch (state) {
      case 'notNeeded':
        return l10n.t('none needed');
      case 'missing':
        return saved?.record !== undefined && saved.record.environment !== undefined
          ? l10n.t('{0} (not set)', keyVariable)
          : l10n.t('none');
      case 'otherOrigin':
        return l10n.t('{0} (saved for {1}, not sent)', shown, saved?.record?.origin ?? '');
      case 'environment':
        return l10n.t('{0} (from {1})', shown, keyVariable);
      case 'memory':
        return l10n.t('{0} (for this window only)', shown);
      case 'saved':
        return l10n.t('{0} (saved)', shown);
    }
  }

  /**
   * Returns a provider of the saved headers of a connection. Throws SourceError `withheld` when they are missing or
   * saved for another origin.
   */
  provider(connection: Connection): CredentialProvider {
    const { credentialCommand: command } = connection;
    if (command !== undefined) {
      return {
        headersFor: async (origin) => {
          if (origin !== originOf(connection.url)) throw otherOriginError(originOf(connection.url), origin);
          return this.#commands.headersFor(connection, command);
        },
        renew: () => {
          this.#commands.forget(connection.id);
          return true;
        },
      };
    }
    return {
      headersFor: async (origin) => {
        const needed = secretHeaderNames(connection);
        if (needed.length === 0) return {};
        const record = (await this.#read(connection.id))?.record;
        if (record === undefined) throw missingError('No credentials are saved.');
        if (record.origin !== origin) throw otherOriginError(record.origin, origin);
        const headers = this.#headersOf(record);
        const absent = needed.find((name) => !headers[name]);
        if (absent !== undefined) {
          throw missingError(
            record.environment !== undefined && absent === 'authorization'
              ? `${keyVariable} is not set.`
              : `No value is saved for ${absent}.`,
          );
        }
        return Object.fromEntries(needed.map((name) => [name, headers[name] ?? '']));
      },
    };
  }

  /** Saves secret headers (names in lower case) for the current origin of the connection. */
  async saveHeaders(connection: Connection, headers: Headers): Promise<SecretLocation> {
    return this.#save(connection.id, { origin: originOf(connection.url), headers });
  }

  /** Saves the choice, not the key: the variable is read for each request. */
  async useEnvironment(connection: Connection, headers: Headers = {}): Promise<SecretLocation> {
    const more = Object.keys(headers).length === 0 ? {} : { headers };
    return this.#save(connection.id, { origin: originOf(connection.url), environment: keyVariable, ...more });
  }

  async forget(connectionId: string): Promise<void> {
    await this.#secrets.delete(secretKeyOf(connectionId));
    await this.#reload(connectionId);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#cache.clear();
  }

  async #save(connectionId: string, record: CredentialRecord): Promise<SecretLocation> {
    const location = await this.#secrets.set(secretKeyOf(connectionId), JSON.stringify(record));
    await this.#reload(connectionId);
    return location;
  }

  #read(connectionId: string): Promise<SavedCredentials | undefined> {
    let cached = this.#cache.get(connectionId);
    if (cached === undefined) {
      cached = this.#readStorage(connectionId);
      this.#cache.set(connectionId, cached);
    }
    return cached;
  }

  async #readStorage(connectionId: string): Promise<SavedCredentials | undefined> {
    const secret = await this.#secrets.get(secretKeyOf(connectionId));
    if (secret === undefined) return undefined;
    return { text: secret.value, record: parseCredentialRecord(secret.value), location: secret.location };
  }

  /**
   * One change can be reported several times (by this window, the editor, another window). Fires only for a
   * difference.
   */
  async #reload(connectionId: string): Promise<void> {
    const next = await this.#readStorage(connectionId);
    const before = await this.#cache.get(connectionId);
    const first = !this.#cache.has(connectionId);
    this.#cache.set(connectionId, Promise.resolve(next));
    if (first || before?.text !== next?.text || before?.location !== next?.location) this.#changed.fire(connectionId);
  }

  #headersOf(record: CredentialRecord): Headers {
    if (record.environment === undefined) return record.headers;
    const key = this.#env[keyVariable]?.trim();
    return { ...record.headers, ...(key ? keyHeaders(key) : {}) };
  }

  #masked(connection: Connection, record: CredentialRecord): string {
    const headers = this.#headersOf(record);
    if (connection.kind === 'openai') return mask((headers['authorization'] ?? '').replace(/^Bearer /, ''));
    return Object.keys(headers).join(', ');
  }
}

function missingError(message: string): SourceError {
  return new SourceError('withheld', message, { code: withheldCodes.missing });
}

function otherOriginError(saved: string, requested: string): SourceError {
  return new SourceError('withheld', l10n.t('The credentials were saved for {0}, not for {1}.', saved, requested), {
    code: withheldCodes.otherOrigin,
    host: new URL(requested).host,
  });
}
