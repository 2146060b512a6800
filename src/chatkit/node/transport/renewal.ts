import type { CredentialProvider } from '../../common/connection.ts';
import type { HttpRequest } from './types.ts';

interface Exchange<R> {
  /** The request as it was sent last. */
  readonly request: HttpRequest;
  readonly response: R;
}

/**
 * Sends a request. Where the server answers 401 and the credentials can be renewed, sends it once more: the command was
 * not executed, and a token that lives for a minute can be replaced. `credentials`: null for a URL that gets none.
 * `discard`: called with a response that is not returned.
 */
export async function sendWithRenewal<R extends { readonly status: number }>(
  request: HttpRequest,
  credentials: CredentialProvider | null,
  send: (request: HttpRequest) => Promise<R>,
  discard: (response: R) => Promise<unknown> = async () => undefined,
): Promise<Exchange<R>> {
  const response = await send(request);
  if (response.status !== 401 || credentials?.renew?.() !== true) return { request, response };
  await discard(response);
  const headers = await credentials.headersFor(new URL(request.url).origin);
  const renewed = { ...request, secretHeaders: { ...request.secretHeaders, ...headers } };
  return { request: renewed, response: await send(renewed) };
}
