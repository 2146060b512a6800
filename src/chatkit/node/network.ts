// Everything that talks to the network, as one bundle, loaded at the first request.
export { createOpenAiSource, type OpenAiSourceParts } from './openai/openAiSource.ts';
export { createServerSource, type ServerSourceParts } from './server/serverSource.ts';
export { createTransport } from './transport/transport.ts';
