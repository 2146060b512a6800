import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { CredentialProvider } from '../../chatkit/common/credentials.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { HostLog } from '../../base/vscode/log.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../base/vscode/messages/statusMessage.ts';
import { onDidChangeNetworkSettings, readNetworkSettings } from '../../chatkit/vscode/network.ts';
import type { Settings } from '../../chatkit/vscode/settings.ts';
import type { UploadQuestion } from '../../chatkit/node/server/client.ts';
import type { HttpRequest, Transport, TransportSettings, RouteInfo } from '../../chatkit/node/transport/types.ts';
import { confirm } from '../../chatkit/vscode/notify.ts';
import { UploadConsent, type AskToUpload } from './uploadConsent.ts';

/** The largest body read into memory; a page above it is asked for again in smaller pages. */
const maxBodyBytes = 64 * 1024 * 1024;

interface Parts {
  readonly log: HostLog;
  readonly settings: Settings;
  readonly userAgent: string;
  readonly allowInsecureHttp: (origin: string) => boolean;
}

/** Loads what talks to the network when the first request is near, and shares one transport between all connections. */
export class Network implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #subscriptions = new Disposables();
  readonly #uploads = new UploadConsent(askToUpload);
  #transport: Promise<Transport> | undefined;
  /** The same, once it is there. */
  #live: Transport | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#subscriptions.push(
      onDidChangeNetworkSettings(() => this.#renew()),
      parts.settings.onDidChange((ids) => {
        if (ids.some((id) => id.startsWith('chatkit.http.'))) this.#renew();
      }),
    );
  }

  /** `actingUser`: see `ServerParts`. */
  async createSource(
    connection: Connection,
    credentials: CredentialProvider,
    actingUser?: () => string | null,
  ): Promise<ThreadSource> {
    const confirmUpload = (upload: UploadQuestion) => this.#uploads.confirm(connection, upload);
    const { createOpenAiSource, createServerSource } = await import('../../chatkit/node/network.ts');
    const create = { openai: createOpenAiSource, server: createServerSource }[connection.kind];
    const onWait = showWait(connection.name);
    const { log } = this.#parts;
    return create({ connection, transport: this.transport, credentials, actingUser, confirmUpload, log, onWait });
  }

  /** Loads what the first request needs. */
  async prepare(): Promise<void> {
    // What goes wrong here goes wrong again where somebody asks for something, and is told there.
    await this.#current().catch(() => undefined);
  }

  /** How requests to `origin` went last; null before the first answer. */
  way(origin: string): RouteInfo | null {
    return this.#live?.way(origin) ?? null;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#renew();
  }

  /** Sources keep this one; which transport is behind it changes with the network settings. */
  readonly transport: Transport = {
    request: async (request) => (await this.#current()).request(request),
    stream: async (request) => (await this.#current()).stream(request),
    way: (origin) => this.way(origin),
    close: async () => {},
  };

  #current(): Promise<Transport> {
    if (this.#transport !== undefined) return this.#transport;
    const created = this.#create();
    this.#transport = created;
    created.then(
      (transport) => {
        if (this.#transport === created) this.#live = transport;
      },
      () => {
        if (this.#transport === created) this.#transport = undefined;
      },
    );
    return created;
  }

  async #create(): Promise<Transport> {
    const { createTransport } = await import('../../chatkit/node/network.ts');
    return createTransport(this.#readSettings(), this.#parts.log);
  }

  #readSettings(): TransportSettings {
    const { settings, userAgent, allowInsecureHttp } = this.#parts;
    return {
      timeoutMs: settings.get('chatkit.http.timeoutSeconds') * 1000,
      maxRetries: settings.get('chatkit.http.maxRetries'),
      maxBodyBytes,
      userAgent,
      allowInsecureHttp,
      network: readNetworkSettings(),
      // Patched by the editor: knows proxy scripts and how to sign in to a company's proxy.
      editorFetch: globalThis.fetch,
    };
  }

  /** The next request gets a new transport; what is under way ends on the old one, which then closes. */
  #renew(): void {
    const old = this.#transport;
    this.#transport = undefined;
    this.#live = undefined;
    old
      ?.then((transport) => transport.close())
      .catch((error: unknown) => this.#parts.log.error('Closing the transport failed', error));
  }
}

/** Says in the status bar for how long a request waits before its next try; waits under a second are not worth it. */
function showWait(name: string): NonNullable<HttpRequest['onWait']> {
  return ({ ms, attempt, reason }) => {
    if (ms < 1000) return;
    const seconds = Math.ceil(ms / 1000);
    const text = formatMessage(l10n.t('{0}: trying again in {1} s (try {2}, {3})'), name, seconds, attempt + 1, reason);
    showStatus(text, ms, 'watch');
  };
}

/** A modal question, because a file that was sent cannot be taken back. */
const askToUpload: AskToUpload = ({ name, url }, { fileName, origin }) =>
  confirm(
    l10n.t('Upload files to {0}?', origin),
    l10n.t(
      'The server of “{0}” ({1}) asks to send “{2}” to another server. Credentials of the connection are not sent there. Until this window closes, more files are uploaded to this address without asking.',
      name,
      new URL(url).origin,
      fileName,
    ),
    l10n.t('Upload'),
  );
