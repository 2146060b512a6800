import type { HonoRequest } from 'hono';
import { ApiError, invalidType } from './errors.ts';

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
