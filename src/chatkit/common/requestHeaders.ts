import type { Json, JsonObject } from '../../base/common/json.ts';
import type { Connection } from './connection.ts';

/** The headers of a connection that are not secret, names in lower case. They go to its own origin only. */
export function plainHeaders({ requestHeaders, acceptLanguage }: Connection): Readonly<Record<string, string>> {
  return { ...(acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }), ...requestHeaders };
}

/** A command as the connection sends it (chatkit-api 5.1). */
export function envelopeOf(
  { metadata }: Connection,
  { type, params }: { readonly type: string; readonly params: JsonObject },
): JsonObject {
  return { type, params, ...(metadata === undefined ? {} : { metadata: metadata as Json }) };
}
