import { randomBytes } from 'node:crypto';
import type { Fault } from './faults.ts';

const html = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>cloudflare</center></body></html>
`;

/** Returns the response that replaces the correct one (chatkit-api 4A.1); null for other kinds of faults. */
export function faultReply(fault: Fault): Response | null {
  switch (fault.kind) {
    case 'rate_limit':
      return errorReply(
        429,
        'Rate limit reached for requests. Please try again later.',
        'requests',
        'rate_limit_exceeded',
        retryHeaders(fault),
      );
    case 'insufficient_quota':
      return errorReply(
        429,
        'You exceeded your current quota, please check your plan and billing details.',
        'insufficient_quota',
        'insufficient_quota',
      );
    case 'forbidden':
      return errorReply(
        403,
        'You have insufficient permissions for this operation. Missing scopes: api.chatkit.read.',
        'invalid_request_error',
        'missing_scope',
      );
    case 'server_error':
      return errorReply(
        fault.status,
        'The server had an error while processing your request. Sorry about that!',
        'server_error',
        null,
        retryHeaders(fault),
      );
    case 'html':
      return reply(fault.status, html, { 'content-type': 'text/html' });
    case 'empty':
      return reply(fault.status, fault.status === 204 || fault.status === 304 ? null : '', {});
    case 'reply':
      return reply(fault.status, fault.body, fault.headers);
    default:
      return null;
  }
}

interface RetryHints {
  readonly retry_after_ms?: number | undefined;
  readonly retry_after?: string | undefined;
  readonly should_retry?: boolean | undefined;
}

function retryHeaders({ retry_after_ms, retry_after, should_retry }: RetryHints): Record<string, string> {
  return {
    ...(retry_after_ms === undefined ? {} : { 'retry-after-ms': String(retry_after_ms) }),
    ...(retry_after === undefined ? {} : { 'retry-after': retry_after }),
    ...(should_retry === undefined ? {} : { 'x-should-retry': String(should_retry) }),
  };
}

function errorReply(
  status: number,
  message: string,
  type: string,
  code: string | null,
  headers: Record<string, string> = {},
): Response {
  const body = JSON.stringify({ error: { message, type, param: null, code } });
  return reply(status, body, { 'content-type': 'application/json', ...headers });
}

function reply(status: number, body: string | null, headers: Record<string, string>): Response {
  return new Response(body, {
    status,
    headers: { 'x-request-id': `req_${randomBytes(16).toString('hex')}`, ...headers },
  });
}
