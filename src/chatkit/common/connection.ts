import type { Json, JsonObject } from '../../base/common/json.ts';

/** A server of threads, as the user's settings define it. Never contains credentials. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly kind: 'openai' | 'server';
  /** `openai`: base URL, no trailing slash. `server`: the one POST endpoint. */
  readonly url: string;
  readonly organization?: string;
  readonly project?: string;
  /** Names of secret headers; their values are stored in SecretStorage. `openai`: besides the API key. */
  readonly headers?: readonly string[];
  /** Header that identifies the end user (`server`). */
  readonly userHeader?: string;
  /** URL for direct uploads of attachments (`server`). If absent, uploads have two phases. */
  readonly uploadUrl?: string;
  readonly readOnly?: boolean;
  /** Headers that are not secret, names in lower case. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly acceptLanguage?: string;
  /** `metadata` of each command (`server`, chatkit-api 5.1). */
  readonly metadata?: JsonObject;
  /** A program and its arguments that print the credentials. */
  readonly credentialCommand?: readonly string[];
  /** The zone of times that have none: `local`, `UTC` or an offset such as `+09:00`. If absent, it is inferred. */
  readonly timeZone?: string;
}

/**
 * Returns the URL of a connection as a redirect of one of its requests names it; null where the request was to another
 * address, such as an upload. `from`, `to`: addresses without a query.
 */
export function redirectedUrl(
  { kind, url }: Pick<Connection, 'kind' | 'url'>,
  { from, to }: { readonly from: string; readonly to: string },
): string | null {
  if (!URL.canParse(url)) return null;
  const { origin, pathname, search } = new URL(url);
  const base = `${origin}${pathname}`;
  const operation = from.startsWith(base) ? from.slice(base.length) : null;
  const isOperation = kind === 'server' ? operation === '' : operation?.startsWith('/') === true;
  if (operation === null || !isOperation || !to.endsWith(operation)) return null;
  return `${to.slice(0, to.length - operation.length)}${search}`;
}

export const defaultOpenAiUrl = 'https://api.openai.com/v1';

/** Origin that credentials are bound to, `https://host[:port]`. Throws `TypeError` when the text is not a URL. */
export function originOf(url: string): string {
  return new URL(url).origin;
}

/** True for 127.0.0.0/8, ::1 and localhost: the only hosts that plain http may go to unasked. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/** Gives the secret headers of one connection, for the origin they were saved for and no other. */
export interface CredentialProvider {
  /**
   * Headers to add to a request to `origin` (`https://host[:port]`), names in lower case.
   * Throws `SourceError` kind `withheld` when there are none, or when they were saved for another origin.
   */
  headersFor(origin: string): Promise<Readonly<Record<string, string>>>;
  /**
   * Called after the server rejected the headers. Returns whether `headersFor` can now give others, so that the request
   * is worth repeating.
   */
  renew?(): boolean;
}

/** When images from other hosts are loaded (`chatkit.inspector.remoteImages`). `ask`: on a click. */
export type ImagePolicy = 'never' | 'ask' | 'always';

/** The headers of a connection that are not secret, names in lower case. They go to its own origin only. */
export function plainHeaders({ requestHeaders, acceptLanguage }: Connection): Readonly<Record<string, string>> {
  return { ...(acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }), ...requestHeaders };
}

/** The headers of the REST API that are not secret. */
export function restHeaders(connection: Connection, hasBody: boolean): Record<string, string> {
  const { organization, project } = connection;
  return {
    ...plainHeaders(connection),
    accept: 'application/json',
    'openai-beta': 'chatkit_beta=v1',
    ...(organization ? { 'openai-organization': organization } : {}),
    ...(project ? { 'openai-project': project } : {}),
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  };
}

/** The headers of a self-hosted server that are not secret. `user`: the end user to act as; null for none. */
export function userHeaders(connection: Connection, user: string | null): Record<string, string> {
  const { userHeader } = connection;
  return {
    ...plainHeaders(connection),
    ...(userHeader === undefined || user === null ? {} : { [userHeader.toLowerCase()]: user }),
  };
}

/** A command as the connection sends it (chatkit-api 5.1). */
export function envelopeOf(
  { metadata }: Connection,
  { type, params }: { readonly type: string; readonly params: JsonObject },
): JsonObject {
  return { type, params, ...(metadata === undefined ? {} : { metadata: metadata as Json }) };
}
