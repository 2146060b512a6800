// zod/mini: part of what activation loads (see host/connectionSettings.ts).
import * as z from 'zod/mini';
import * as vscode from 'vscode';

/** How `npm start` hands its sandbox over. */
const variable = 'CHATKIT_INSPECTOR_SANDBOX';

const externalSchema = z.object({
  /** Base URL of the hosted API. */
  url: z.url(),
  /** The one endpoint of the self-hosted protocol. */
  serverUrl: z.optional(z.url()),
  apiKey: z.string(),
});

/** A sandbox that runs outside this editor. */
export type ExternalSandbox = z.infer<typeof externalSchema>;

/** The sandbox of the environment. Only in development mode: an installed extension takes no key from there unasked. */
export function readExternalSandbox(mode: vscode.ExtensionMode, env: NodeJS.ProcessEnv): ExternalSandbox | undefined {
  const text = env[variable];
  if (mode !== vscode.ExtensionMode.Development || text === undefined || text === '') return undefined;
  try {
    const result = externalSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
