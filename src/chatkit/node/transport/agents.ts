import { Agent, type buildConnector, type Dispatcher } from 'undici';
import { directConnector, proxyConnector, tunnelConnector, type ConnectOptions } from './connect.ts';
import type { Outgoing } from './exchange.ts';
import type { Proxy } from './proxy.ts';
import { systemCertificates } from './systemCertificates.ts';
import type { TransportSettings } from './types.ts';

/** The undici agents, one for each way of connecting, created on first use. */
export class Agents {
  readonly #settings: TransportSettings;
  readonly #agents = new Map<string, Agent>();
  readonly #issuers = new Map<string, string>();
  readonly #addresses = new Map<string, string>();

  constructor(settings: TransportSettings) {
    this.#settings = settings;
  }

  /** Returns an agent that connects directly to the server. */
  direct(out: Outgoing, systemTrust: boolean): Dispatcher {
    return this.#agent('direct', out, systemTrust, true, directConnector);
  }

  /** Returns an agent that connects through a proxy tunnel. */
  tunnel(proxy: Proxy, out: Outgoing, systemTrust: boolean): Dispatcher {
    const key = `tunnel ${proxy.origin} ${proxy.authorization}`;
    return this.#agent(key, out, systemTrust, this.#settings.network.strictSsl, (options) =>
      tunnelConnector(proxy, options),
    );
  }

  /** Returns an agent that sends whole requests to a proxy. */
  forward(proxy: Proxy, out: Outgoing, systemTrust: boolean): Dispatcher {
    return this.#agent(`forward ${proxy.origin}`, out, systemTrust, this.#settings.network.strictSsl, proxyConnector);
  }

  /** Returns the issuer of the certificate of an origin, after a connection to it. */
  issuerOf(origin: string): string | null {
    return this.#issuers.get(origin) ?? null;
  }

  /** Returns the IP address of an origin, after a direct connection to it. */
  addressOf(origin: string): string | null {
    return this.#addresses.get(origin) ?? null;
  }

  /** Resolves when all pending requests have ended and every connection is closed. */
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
      // In undici, `pipelining: 0` means a new connection for each request.
      ...(freshConnection ? { pipelining: 0 } : {}),
    });
    this.#agents.set(fullKey, agent);
    return agent;
  }
}
