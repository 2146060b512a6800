import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** The error envelope (chatkit-api 4A.1), always with all four inner keys. */
export interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null };
}

/** An error response of the hosted API. */
export class ApiError extends Error {
  readonly status: ContentfulStatusCode;
  readonly body: ErrorBody;

  constructor(
    status: ContentfulStatusCode,
    message: string,
    { type = 'invalid_request_error', param = null, code = null }: Partial<Omit<ErrorBody['error'], 'message'>> = {},
  ) {
    super(message);
    this.status = status;
    this.body = { error: { message, type, param, code } };
  }
}

export const notFound = (what: 'Thread' | 'Workflow' | 'Chatkit Session', id: string): ApiError =>
  new ApiError(404, `${what} with id '${id}' not found.`);

export const invalidUrl = (method: string, path: string): ApiError =>
  new ApiError(404, `Invalid URL (${method} ${path})`);

export const invalidMethod = (method: string, path: string): ApiError =>
  new ApiError(405, `Invalid method for URL (${method} ${path})`);

export const missingParameter = (param: string): ApiError =>
  new ApiError(400, `Missing required parameter: '${param}'.`, { param, code: 'missing_required_parameter' });

export const unknownParameter = (param: string): ApiError =>
  new ApiError(400, `Unknown parameter: '${param}'.`, { param, code: 'unknown_parameter' });

export const invalidType = (param: string, expected: string, got: string): ApiError =>
  new ApiError(400, `Invalid type for '${param}': expected ${expected}, but got ${got} instead.`, {
    param,
    code: 'invalid_type',
  });

export const invalidValue = (param: string, got: string, supported: readonly string[]): ApiError => {
  const last = supported.at(-1);
  const quoted = supported.map((value) => `'${value}'`);
  const list = supported.length === 1 ? `'${last}'` : `${quoted.slice(0, -1).join(', ')} and '${last}'`;
  return new ApiError(400, `Invalid value: '${got}'. Supported values are: ${list}.`, { param, code: 'invalid_value' });
};

export const integerOutOfRange = (
  param: string,
  bound: 'minimum' | 'maximum',
  limit: number,
  got: number,
): ApiError => {
  const [side, sign] = bound === 'minimum' ? ['below minimum', '>='] : ['above maximum', '<='];
  return new ApiError(
    400,
    `Invalid '${param}': integer ${side} value. Expected a value ${sign} ${limit}, but got ${got} instead.`,
    { param, code: bound === 'minimum' ? 'integer_below_min_value' : 'integer_above_max_value' },
  );
};

export const stringLength = (param: string, bound: 'minimum' | 'maximum', limit: number, got: number): ApiError => {
  const actual = got === 0 ? 'an empty string' : `a string with length ${got}`;
  return new ApiError(
    400,
    `Invalid '${param}': string too ${bound === 'minimum' ? 'short' : 'long'}. Expected a string with ${bound} length ${limit}, but got ${actual} instead.`,
    { param, code: bound === 'minimum' ? 'string_below_min_length' : 'string_above_max_length' },
  );
};

export const tooManyProperties = (param: string, limit: number, got: number): ApiError =>
  new ApiError(
    400,
    `Invalid '${param}': object has too many properties. Expected an object with at most ${limit} properties, but got ${got} properties instead.`,
    { param, code: 'object_above_max_properties' },
  );

export const propertyNameTooLong = (param: string, limit: number, got: number): ApiError =>
  new ApiError(
    400,
    `Invalid property name in '${param}': string too long. Expected a property name with maximum length ${limit}, but got length ${got} instead.`,
    { param, code: 'string_above_max_length' },
  );
