import type { Connection } from '../../../chatkit/common/connection.ts';
import { headerVariable, shellLiteral } from '../../../base/common/codeLiterals.ts';
import type { JsonObject } from '../../../base/common/json.ts';
import { envelopeOf, plainHeaders } from '../../../chatkit/common/requestHeaders.ts';
import { parseAddress } from '../../../chatkit/node/openai/address.ts';
import type { RequestedPage, RowRequest } from './rowRequests.ts';

/**
 * Returns a request as a command for a POSIX shell. It contains no credentials: the key is read from `OPENAI_API_KEY`
 * (chatkit-api 1.2), each secret header of a server from a variable with the name of the header.
 */
export function curlOf(connection: Connection, request: RowRequest): string {
  const lines = connection.kind === 'openai' ? openAiLines(connection, request) : serverLines(connection, request);
  return lines.join(' \\\n  ');
}

/** The REST API (chatkit-api 1.3, 1.4). */
function openAiLines(connection: Connection, request: RowRequest): readonly string[] {
  const { url, organization, project, headers = [] } = connection;
  const address = parseAddress(url);
  const threads = ['chatkit', 'threads'];
  const operation = () => {
    switch (request.type) {
      case 'listThreads':
        return address.operation(threads, { ...queryOf(request.page), user: request.user ?? undefined });
      case 'getThread':
        return address.operation([...threads, request.threadId]);
      case 'listItems':
        return address.operation([...threads, request.threadId, 'items'], queryOf(request.page));
    }
  };
  return [
    `curl ${shellLiteral(operation())}`,
    '-H "Authorization: Bearer $OPENAI_API_KEY"',
    `-H ${shellLiteral('OpenAI-Beta: chatkit_beta=v1')}`,
    ...(organization === undefined ? [] : [`-H ${shellLiteral(`OpenAI-Organization: ${organization}`)}`]),
    ...(project === undefined ? [] : [`-H ${shellLiteral(`OpenAI-Project: ${project}`)}`]),
    ...plainLines(connection),
    ...headers.filter((name) => name !== 'authorization').map(secretLine),
  ];
}

/** The endpoint of a self-hosted server (chatkit-api 5.1). */
function serverLines(connection: Connection, request: RowRequest): readonly string[] {
  const { url, headers = [] } = connection;
  return [
    `curl ${shellLiteral(url)}`,
    `-H ${shellLiteral('Content-Type: application/json')}`,
    `-H ${shellLiteral('Accept: application/json')}`,
    ...plainLines(connection),
    ...headers.map(secretLine),
    `-d ${shellLiteral(JSON.stringify(envelopeOf(connection, commandOf(request))))}`,
  ];
}

function plainLines(connection: Connection): readonly string[] {
  return Object.entries(plainHeaders(connection)).map(([name, value]) => `-H ${shellLiteral(`${name}: ${value}`)}`);
}

function secretLine(name: string): string {
  return `-H ${shellLiteral(`${name}: `)}"$${headerVariable(name)}"`;
}

function commandOf(request: RowRequest): { readonly type: string; readonly params: JsonObject } {
  switch (request.type) {
    case 'listThreads':
      return { type: 'threads.list', params: queryOf(request.page) };
    case 'getThread':
      return { type: 'threads.get_by_id', params: { thread_id: request.threadId } };
    case 'listItems':
      return { type: 'items.list', params: { thread_id: request.threadId, ...queryOf(request.page) } };
  }
}

function queryOf({ limit, order, after }: RequestedPage) {
  return { limit, order, ...(after === null ? {} : { after }) };
}
