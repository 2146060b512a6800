import type { Connection } from '../common/connection.ts';
import type { ThreadSource } from '../common/threadSource.ts';
import { createOpenAiSource } from './openai/openAiSource.ts';
import { type ServerSourceOptions, createServerSource } from './server/serverSource.ts';

// Everything that uses the network is one bundle, which is loaded before the first request.
export { createTransport } from './transport/transport.ts';

const createByKind = { openai: createOpenAiSource, server: createServerSource };

/** Options of both kinds of source; a kind ignores those of the other. */
type SourceOptions = Omit<ServerSourceOptions, 'connection'>;

/** Creates the source of a connection. */
export function createSource(connection: Connection, options: SourceOptions): ThreadSource {
  return createByKind[connection.kind]({ connection, ...options });
}
