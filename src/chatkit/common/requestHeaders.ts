import type { Json, JsonObject } from '../../base/common/json.ts';
import type { Connection } from './connection.ts';

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
