import { timingSafeEqual } from 'node:crypto';
import { ApiError } from './errors.ts';

const keysPage = 'https://platform.openai.com/account/api-keys';

/** Returns the bearer token of an Authorization header, or null. */
export function bearerOf(header: string | undefined): string | null {
  return /^bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null;
}

export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Throws ApiError 401 if the header does not contain the key (chatkit-api 4A.1). */
export function requireKey(header: string | undefined, apiKey: string): void {
  const key = bearerOf(header);
  if (key === null) {
    throw new ApiError(
      401,
      `You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY). You can obtain an API key from ${keysPage}.`,
    );
  }
  if (!sameSecret(key, apiKey)) {
    throw new ApiError(401, `Incorrect API key provided: ${maskKey(key)}. You can find your API key at ${keysPage}.`, {
      code: 'invalid_api_key',
    });
  }
}

/** Throws ApiError 400 if none of the comma-separated values is the ChatKit beta (chatkit-api 7.1). */
export function requireBeta(header: string | undefined): void {
  const values = (header ?? '').split(',').map((value) => value.trim());
  if (values.includes('chatkit_beta=v1')) return;
  throw new ApiError(
    400,
    "You must provide the 'OpenAI-Beta' header to access the Chatkit API. Please try again by setting the header 'OpenAI-Beta: chatkit_beta=v1'.",
    { code: 'invalid_beta' },
  );
}

/** Masks an incorrect key as the platform does. */
function maskKey(key: string): string {
  return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;
}
