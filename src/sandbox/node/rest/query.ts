import type { PageRequest } from '../model/sequence.ts';
import { integerOutOfRange, invalidType, invalidValue, stringLength } from './errors.ts';

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
