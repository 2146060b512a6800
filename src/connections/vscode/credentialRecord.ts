// zod/mini: part of what activation loads (see host/connectionSettings.ts).
import * as z from 'zod/mini';
import type { Connection } from '../../chatkit/common/connection.ts';

/** The variable that an API key may be taken from, if the user says so. */
export const keyVariable = 'OPENAI_API_KEY';

const recordSchema = z.union([
  z.object({ origin: z.string(), headers: z.record(z.string(), z.string()) }),
  z.object({ origin: z.string(), environment: z.literal(keyVariable) }),
]);

/**
 * What SecretStorage keeps of one connection, as JSON: the secret headers (names in lower case), or only the choice to
 * take the key from the environment. Both for one origin and no other.
 */
export type CredentialRecord = z.infer<typeof recordSchema>;

/** Name in SecretStorage. */
export function secretKeyOf(connectionId: string): string {
  return `chatkit.credentials.${connectionId}`;
}

/** The connection a secret belongs to, or undefined for secrets of another purpose. */
export function connectionIdOf(secretKey: string): string | undefined {
  const prefix = secretKeyOf('');
  return secretKey.startsWith(prefix) ? secretKey.slice(prefix.length) : undefined;
}

/** Text that is not such a record reads as none: the row then asks for the credentials anew. */
export function parseRecord(text: string): CredentialRecord | undefined {
  try {
    const result = recordSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/** The secret header of an API key (chatkit-api 1.2). */
export function keyHeaders(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

/** Names (lower case) of the secret headers a connection is to send. */
export function secretHeaderNames(connection: Connection): readonly string[] {
  return connection.kind === 'openai' ? ['authorization'] : (connection.headers ?? []);
}
