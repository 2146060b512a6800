import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { originOf, type Connection } from '../../chatkit/common/connection.ts';
import type { CredentialProvider } from '../../chatkit/common/credentials.ts';
import { SourceError, withheldCodes } from '../../chatkit/common/errors.ts';
import { mask } from '../../base/common/redact.ts';
import type { SecretLocation, Secrets } from '../../base/vscode/secrets.ts';
import {
  connectionIdOf,
  keyHeaders,
  keyVariable,
  parseRecord,
  secretHeaderNames,
  secretKeyOf,
  type CredentialRecord,
} from './credentialRecord.ts';
import type { CredentialState } from './types.ts';

type Headers = Readonly<Record<string, string>>;

interface Kept {
  readonly text: string;
  readonly record: CredentialRecord | undefined;
  readonly place: SecretLocation;
}

/** The credentials of the connections: bound to an origin, read when first needed, kept up with other windows. */
export class Credentials implements vscode.Disposable {
  readonly #secrets: Secrets;
  readonly #env: NodeJS.ProcessEnv;
  readonly #known = new Map<string, Promise<Kept | undefined>>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #subscription: vscode.Disposable;
  /** Id of a connection whose credentials really changed. */
  readonly onDidChange = this.#changed.event;

  constructor(secrets: Secrets, env: NodeJS.ProcessEnv) {
    this.#secrets = secrets;
    this.#env = env;
    this.#subscription = secrets.onDidChange((key) => {
      const connectionId = connectionIdOf(key);
      if (connectionId !== undefined) void this.#readAgain(connectionId);
    });
  }

  async state(connection: Connection): Promise<CredentialState> {
    const needed = secretHeaderNames(connection);
    if (needed.length === 0) return 'notNeeded';
    const kept = await this.#read(connection.id);
    if (kept?.record === undefined) return 'missing';
    if (kept.record.origin !== originOf(connection.url)) return 'otherOrigin';
    const headers = this.#headersOf(kept.record);
    if (needed.some((name) => !headers[name])) return 'missing';
    if ('environment' in kept.record) return 'environment';
    return kept.place;
  }

  /** Which credentials are used, recognisable but of no use to a reader: `sk-…a1b2 (saved)`. */
  async describe(connection: Connection): Promise<string> {
    const state = await this.state(connection);
    const kept = await this.#read(connection.id);
    const shown = kept?.record === undefined ? '' : this.#masked(connection, kept.record);
    switch (state) {
      case 'notNeeded':
        return l10n.t('none needed');
      case 'missing':
        return kept?.record !== undefined && 'environment' in kept.record
          ? l10n.t('{0}, which is not set', keyVariable)
          : l10n.t('none');
      case 'otherOrigin':
        return l10n.t('{0} (saved for {1}, not sent)', shown, kept?.record?.origin ?? '');
      case 'environment':
        return l10n.t('{0} (from {1})', shown, keyVariable);
      case 'memory':
        return l10n.t('{0} (kept for this window only)', shown);
      case 'saved':
        return l10n.t('{0} (saved)', shown);
    }
  }

  /** Origin that the saved credentials are bound to. */
  async savedFor(connectionId: string): Promise<string | undefined> {
    return (await this.#read(connectionId))?.record?.origin;
  }

  /** Headers for the requests of a connection, its saved ones, read anew at each request. */
  provider(connection: Connection): CredentialProvider {
    return {
      headersFor: async (origin) => {
        const needed = secretHeaderNames(connection);
        if (needed.length === 0) return {};
        const record = (await this.#read(connection.id))?.record;
        if (record === undefined) throw missing('No credentials are saved.');
        if (record.origin !== origin) throw otherOrigin(record.origin, origin);
        const headers = this.#headersOf(record);
        const absent = needed.find((name) => !headers[name]);
        if (absent !== undefined) {
          throw missing('environment' in record ? `${keyVariable} is not set.` : `No value is saved for ${absent}.`);
        }
        return Object.fromEntries(needed.map((name) => [name, headers[name] ?? '']));
      },
    };
  }

  /** Keeps secret headers (names in lower case) for the origin the connection points to now. */
  async saveHeaders(connection: Connection, headers: Headers): Promise<SecretLocation> {
    return this.#save(connection.id, { origin: originOf(connection.url), headers });
  }

  /** Keeps the choice, not the key: what the variable holds is read at each request. */
  async useEnvironment(connection: Connection): Promise<SecretLocation> {
    return this.#save(connection.id, { origin: originOf(connection.url), environment: keyVariable });
  }

  async forget(connectionId: string): Promise<void> {
    await this.#secrets.delete(secretKeyOf(connectionId));
    await this.#readAgain(connectionId);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#known.clear();
  }

  async #save(connectionId: string, record: CredentialRecord): Promise<SecretLocation> {
    const place = await this.#secrets.set(secretKeyOf(connectionId), JSON.stringify(record));
    await this.#readAgain(connectionId);
    return place;
  }

  #read(connectionId: string): Promise<Kept | undefined> {
    let known = this.#known.get(connectionId);
    if (known === undefined) {
      known = this.#readNow(connectionId);
      this.#known.set(connectionId, known);
    }
    return known;
  }

  async #readNow(connectionId: string): Promise<Kept | undefined> {
    const secret = await this.#secrets.get(secretKeyOf(connectionId));
    if (secret === undefined) return undefined;
    return { text: secret.value, record: parseRecord(secret.value), place: secret.location };
  }

  /** One change may be told several times (here, by the editor, by another window): only a difference is passed on. */
  async #readAgain(connectionId: string): Promise<void> {
    const next = await this.#readNow(connectionId);
    const before = await this.#known.get(connectionId);
    const first = !this.#known.has(connectionId);
    this.#known.set(connectionId, Promise.resolve(next));
    if (first || before?.text !== next?.text || before?.place !== next?.place) this.#changed.fire(connectionId);
  }

  #headersOf(record: CredentialRecord): Headers {
    if ('headers' in record) return record.headers;
    const key = this.#env[keyVariable]?.trim();
    return key ? keyHeaders(key) : {};
  }

  #masked(connection: Connection, record: CredentialRecord): string {
    const headers = this.#headersOf(record);
    if (connection.kind === 'openai') return mask((headers['authorization'] ?? '').replace(/^Bearer /, ''));
    return Object.keys(headers).join(', ');
  }
}

function missing(message: string): SourceError {
  return new SourceError('withheld', message, { code: withheldCodes.missing });
}

function otherOrigin(saved: string, asked: string): SourceError {
  return new SourceError('withheld', `The credentials were saved for ${saved}, not for ${asked}.`, {
    code: withheldCodes.otherOrigin,
    host: new URL(asked).host,
  });
}
