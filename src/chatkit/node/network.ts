// Everything that uses the network, as one bundle, loaded at the first request.
export { createOpenAiSource, type OpenAiSourceOptions as OpenAiSourceParts } from './openai/openAiSource.ts';
export { createServerSource, type ServerSourceOptions as ServerSourceParts } from './server/serverSource.ts';
export { createTransport } from './transport/transport.ts';
