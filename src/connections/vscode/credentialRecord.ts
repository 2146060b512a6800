// zod/mini: part of what activation loads (see host/connectionSettings.ts).
import * as z from 'zod/mini';
import type { Connection } from '../../chatkit/common/connection.ts';

/** The environment variable that can provide an API key, if the user selects it. */
export const keyVariable = 'OPENAI_API_KEY';

const recordSchema = z.union([
  z.object({
    origin: z.string(),
    environment: z.literal(keyVariable),
    /** Values of further secret headers, besides the key. */
    headers: z.optional(z.record(z.string(), z.string())),
  }),
  z.object({ origin: z.string(), environment: z.optional(z.undefined()), headers: z.record(z.string(), z.string()) }),
]);

/**
 * What SecretStorage contains for one connection, as JSON: the secret headers (names in lower case), or only the choice
 * to read the key from the environment. Each is valid for one origin only.
 */
export type CredentialRecord = z.infer<typeof recordSchema>;

/** Returns the key of a connection in SecretStorage. */
export function secretKeyOf(connectionId: string): string {
  return `chatkit.credentials.${connectionId}`;
}

/** Returns the connection that a secret belongs to, or undefined for other secrets. */
export function connectionIdOf(secretKey: string): string | undefined {
  const prefix = secretKeyOf('');
  return secretKey.startsWith(prefix) ? secretKey.slice(prefix.length) : undefined;
}

/** Returns undefined for text that is not a valid record: the row then asks for the credentials again. */
export function parseCredentialRecord(text: string): CredentialRecord | undefined {
  try {
    const result = recordSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the secret header for an API key (chatkit-api 1.2). */
export function keyHeaders(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

/** Returns the names (in lower case) of the secret headers that a connection sends. */
export function secretHeaderNames(connection: Connection): readonly string[] {
  const { kind, headers = [] } = connection;
  return kind === 'openai' ? ['authorization', ...headers.filter((name) => name !== 'authorization')] : headers;
}
