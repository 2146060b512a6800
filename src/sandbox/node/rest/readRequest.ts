import type { HonoRequest } from 'hono';
import type { PageRequest } from '../model/sequence.ts';
import { ApiError, integerOutOfRange, invalidType, invalidValue, stringLength } from './errors.ts';

const orders = ['asc', 'desc'] as const;

/** Reads the list parameters of chatkit-api 1.4. Throws ApiError 400 with the name of an invalid parameter. */
export function pageRequest(query: (name: string) => string | undefined): PageRequest {
  return {
    limit: limitOf(query('limit')),
    order: orderOf(query('order')),
    after: query('after'),
    before: query('before'),
  };
}

/** Reads the `user` filter of the threads list: 1 to 512 characters, or null. */
export function userFilter(query: (name: string) => string | undefined): string | null {
  const user = query('user');
  if (user === undefined) return null;
  if (user.length < 1) throw stringLength('user', 'minimum', 1, 0);
  if (user.length > 512) throw stringLength('user', 'maximum', 512, user.length);
  return user;
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return 20;
  if (!/^[+-]?\d+$/.test(text)) throw invalidType('limit', 'an integer', text === '' ? 'an empty string' : `'${text}'`);
  const limit = Number(text);
  if (limit < 0) throw integerOutOfRange('limit', 'minimum', 0, limit);
  if (limit > 100) throw integerOutOfRange('limit', 'maximum', 100, limit);
  return limit;
}

function orderOf(text: string | undefined): 'asc' | 'desc' {
  if (text === undefined) return 'desc';
  const order = orders.find((name) => name === text);
  if (order === undefined) throw invalidValue('order', text, orders);
  return order;
}

/** Returns the JSON object of a request. Throws ApiError 400 for anything else. */
export async function readJson(request: HonoRequest): Promise<object> {
  const type = request.header('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new ApiError(
      400,
      `Unsupported content type: '${type}'. This API method only accepts 'application/json' requests, but you specified the header 'Content-Type: ${type}'. Please try again with a supported content type.`,
      { code: 'unsupported_content_type' },
    );
  }
  const body = parse(await request.text());
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidType(
      'body',
      'an object',
      Array.isArray(body) ? 'an array' : `a ${body === null ? 'null' : typeof body}`,
    );
  }
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(
      400,
      'We could not parse the JSON body of your request. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.',
    );
  }
}
