// zod/mini: part of what activation loads (see chatkit/vscode/connectionSettings.ts).
import * as z from 'zod/mini';
import { isLoopback } from '../../chatkit/common/connection.ts';

/** Environment variable that `npm start` passes its sandbox in. */
const variable = 'CHATKIT_INSPECTOR_SANDBOX';

const loopbackUrl = z.url().check(z.refine(isLoopback, { abort: true }));

const externalSchema = z.object({
  /** Base URL of the hosted API. */
  url: loopbackUrl,
  /** Endpoint of the self-hosted protocol. */
  serverUrl: z.optional(loopbackUrl),
  apiKey: z.string(),
});

/** A sandbox that runs outside this editor. */
export type ExternalSandbox = z.infer<typeof externalSchema>;

/**
 * Returns the sandbox of the environment, or undefined when there is none or it is invalid. It must be on this machine: an
 * environment from elsewhere, such as a container's, cannot add a connection to another server.
 */
export function readExternalSandbox(env: NodeJS.ProcessEnv): ExternalSandbox | undefined {
  const text = env[variable];
  if (text === undefined || text === '') return undefined;
  try {
    const result = externalSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
