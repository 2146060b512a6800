import { isRecord } from '../isRecord.ts';

interface HarStream {
  /** The body of the response. */
  readonly text: string;
}

/** Whether a JSON value is an HTTP archive. */
export function isHar(json: unknown): boolean {
  return isRecord(json) && isRecord(json['log']) && Array.isArray(json['log']['entries']);
}

/** Returns the event streams in an HTTP archive. A stream is detected by its content type or its first characters. */
export function streamsOfHar(json: unknown): readonly HarStream[] {
  const log = isRecord(json) && isRecord(json['log']) ? json['log'] : {};
  const entries: readonly unknown[] = Array.isArray(log['entries']) ? log['entries'] : [];
  return entries.flatMap((entry) => {
    const response = isRecord(entry) && isRecord(entry['response']) ? entry['response'] : {};
    const content = isRecord(response['content']) ? response['content'] : {};
    const { text, mimeType, encoding } = content;
    if (typeof text !== 'string') return [];
    const body = encoding === 'base64' ? decodeBase64(text) : text;
    const isStream = typeof mimeType === 'string' && /event-stream|ndjson|jsonl|jsonlines/i.test(mimeType);
    return isStream || /^\uFEFF?\s*(?:data|event):/.test(body) ? [{ text: body }] : [];
  });
}

/** Empty for text that is not base64. */
function decodeBase64(text: string): string {
  try {
    const binary = atob(text.replace(/\s/g, ''));
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}
