import { Agent, type buildConnector, type Dispatcher } from 'undici';
import { directConnector, proxyConnector, tunnelConnector, type ConnectOptions } from './connect.ts';
import type { Outgoing } from './exchange.ts';
import type { Proxy } from './proxy.ts';
import { systemCertificates } from './systemCertificates.ts';
import type { TransportSettings } from './types.ts';

/** undici's agents, one for each way of connecting, made when first needed. */
export class Agents {
  readonly #settings: TransportSettings;
  readonly #agents = new Map<string, Agent>();
  readonly #issuers = new Map<string, string>();
  readonly #addresses = new Map<string, string>();

  constructor(settings: TransportSettings) {
    this.#settings = settings;
  }

  /** Straight to the server. */
  direct(out: Outgoing, systemTrust: boolean): Dispatcher {
    return this.#agent('direct', out, systemTrust, true, directConnector);
  }

  /** Through a tunnel that a proxy opens. */
  tunnel(proxy: Proxy, out: Outgoing, systemTrust: boolean): Dispatcher {
    const key = `tunnel ${proxy.origin} ${proxy.authorization}`;
    return this.#agent(key, out, systemTrust, this.#settings.network.strictSsl, (options) =>
      tunnelConnector(proxy, options),
    );
  }

  /** To a proxy that is sent whole requests. */
  forward(proxy: Proxy, out: Outgoing, systemTrust: boolean): Dispatcher {
    return this.#agent(`forward ${proxy.origin}`, out, systemTrust, this.#settings.network.strictSsl, proxyConnector);
  }

  /** Who issued the certificate of an origin that was connected to. */
  issuerOf(origin: string): string | null {
    return this.#issuers.get(origin) ?? null;
  }

  /** IP address of an origin that was connected to directly. */
  addressOf(origin: string): string | null {
    return this.#addresses.get(origin) ?? null;
  }

  /** Resolves when what is under way has ended and every connection is closed. */
  async close(): Promise<void> {
    const agents = [...this.#agents.values()];
    this.#agents.clear();
    await Promise.all(agents.map((agent) => agent.close()));
  }

  #agent(
    key: string,
    { freshConnection, publicOnly }: Outgoing,
    systemTrust: boolean,
    rejectUnauthorized: boolean,
    connector: (options: ConnectOptions) => buildConnector.connector,
  ): Agent {
    const fullKey = `${key} ${freshConnection} ${systemTrust} ${publicOnly}`;
    const existing = this.#agents.get(fullKey);
    if (existing !== undefined) return existing;
    const agent = new Agent({
      connect: connector({
        timeoutMs: this.#settings.timeoutMs,
        rejectUnauthorized,
        ca: (systemTrust ? systemCertificates() : null) ?? undefined,
        publicOnly,
        onCertificate: (origin, issuer) => this.#issuers.set(origin, issuer),
        onAddress: (origin, address) => this.#addresses.set(origin, address),
      }),
      // No pipelining at all is undici's word for a new connection each time.
      ...(freshConnection ? { pipelining: 0 } : {}),
    });
    this.#agents.set(fullKey, agent);
    return agent;
  }
}
