import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Connection, CredentialProvider } from '../../chatkit/common/connection.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { HostLog } from '../../base/vscode/log.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../base/vscode/messages/notifications.ts';
import { type Settings, onDidChangeNetworkSettings, readNetworkSettings } from '../../chatkit/vscode/settings.ts';
import type { UploadQuestion } from '../../chatkit/node/server/client.ts';
import type { ServerSourceOptions } from '../../chatkit/node/server/serverSource.ts';
import {
  type HttpRequest,
  type RouteInfo,
  type Transport,
  type TransportSettings,
  defaultMaxBodyBytes,
} from '../../chatkit/node/transport/types.ts';
import { confirm } from '../../chatkit/vscode/notify.ts';
import type { NetworkLog } from './networkLog.ts';
import { type AskToUpload, UploadConsent } from './originRecords.ts';

interface NetworkOptions {
  readonly log: HostLog;
  readonly settings: Settings;
  readonly userAgent: string;
  readonly allowInsecureHttp: (origin: string) => boolean;
  readonly requests: NetworkLog;
}

/** Loads the network bundle shortly before the first request and shares one transport between all connections. */
export class Network implements vscode.Disposable {
  readonly #options: NetworkOptions;
  readonly #subscriptions = new Disposables();
  readonly #uploads = new UploadConsent(askToUpload);
  #transport: Promise<Transport> | undefined;
  /** The result of `#transport`. */
  #created: Transport | undefined;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#subscriptions.push(
      onDidChangeNetworkSettings(() => this.#reset()),
      options.settings.onDidChange((ids) => {
        if (ids.some((id) => id.startsWith('chatkit.http.'))) this.#reset();
      }),
    );
  }

  /** Creates the source of a connection. `actingUser` returns the end user for the user header, or null. */
  async createSource(
    connection: Connection,
    credentials: CredentialProvider,
    about: Pick<ServerSourceOptions, 'actingUser' | 'problems' | 'inferredZone' | 'onZoneInferred'> = {},
  ): Promise<ThreadSource> {
    const confirmUpload = (upload: UploadQuestion) => this.#uploads.confirm(connection, upload);
    const { createSource } = await import('../../chatkit/node/network.ts');
    const onWait = reportWait(connection.name);
    const transport = this.#options.requests.observe(connection.id, this.transport);
    return createSource(connection, { transport, credentials, confirmUpload, onWait, ...about });
  }

  /** Preloads the network bundle and the transport. */
  async prepare(): Promise<void> {
    // Best effort: the first request fails with the same error and reports it.
    await this.#current().catch(() => undefined);
  }

  /** Returns the route of the last request to `origin`; null before the first response. */
  lastRoute(origin: string): RouteInfo | null {
    return this.#created?.routeTo(origin) ?? null;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#reset();
  }

  /** The transport that sources use. It forwards to the current transport, which changes with the network settings. */
  readonly transport: Transport = {
    request: async (request) => (await this.#current()).request(request),
    stream: async (request) => (await this.#current()).stream(request),
    routeTo: (origin) => this.lastRoute(origin),
    close: async () => {},
  };

  #current(): Promise<Transport> {
    if (this.#transport !== undefined) return this.#transport;
    const created = this.#create();
    this.#transport = created;
    created.then(
      (transport) => {
        if (this.#transport === created) this.#created = transport;
      },
      () => {
        if (this.#transport === created) this.#transport = undefined;
      },
    );
    return created;
  }

  async #create(): Promise<Transport> {
    const { createTransport } = await import('../../chatkit/node/network.ts');
    return createTransport(this.#readSettings(), this.#options.log);
  }

  #readSettings(): TransportSettings {
    const { settings, userAgent, allowInsecureHttp } = this.#options;
    return {
      timeoutMs: settings.get('chatkit.http.timeoutSeconds') * 1000,
      maxRetries: settings.get('chatkit.http.maxRetries'),
      maxBodyBytes: defaultMaxBodyBytes,
      userAgent,
      allowInsecureHttp,
      network: readNetworkSettings(),
      // Patched by the editor: supports proxy scripts and proxy authentication.
      editorFetch: globalThis.fetch,
    };
  }

  /**
   * Discards the transport: the next request creates a new one. Active requests finish on the old one, which then
   * closes.
   */
  #reset(): void {
    const old = this.#transport;
    this.#transport = undefined;
    this.#created = undefined;
    old
      ?.then((transport) => transport.close())
      .catch((error: unknown) => this.#options.log.error('Could not close the transport', error));
  }
}

/** Shows in the status bar how long a request waits before it is retried. Delays under a second are not shown. */
function reportWait(name: string): NonNullable<HttpRequest['onWait']> {
  return ({ ms, attempt, reason }) => {
    if (ms < 1000) return;
    const seconds = Math.ceil(ms / 1000);
    const text = formatMessage(l10n.t('{0}: retrying in {1} s (attempt {2}, {3})'), name, seconds, attempt + 1, reason);
    showStatus(text, ms, 'watch');
  };
}

/** Asks in a modal dialog, because an upload cannot be undone. */
const askToUpload: AskToUpload = ({ name, url }, { fileName, origin }) =>
  confirm(
    l10n.t('Upload files to {0}?', origin),
    l10n.t(
      'The server of “{0}” ({1}) requests to upload “{2}” to another server. The credentials of the connection are not sent to it. Until this window closes, more files are uploaded to this address without asking.',
      name,
      new URL(url).origin,
      fileName,
    ),
    l10n.t('Upload'),
  );
