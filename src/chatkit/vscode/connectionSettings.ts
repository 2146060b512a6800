// zod/mini, because this is part of what activation loads and the whole of zod would be half of its budget.
import * as z from 'zod/mini';
import type { JsonObject } from '../../base/common/json.ts';
import { type Connection, defaultOpenAiUrl } from '../common/connection.ts';
import { parseZoneSetting } from '../common/serverTime.ts';

/** The sandbox's two faces are connections too, but never of the settings: its REST API, and its ChatKit server. */
export const sandboxId = 'sandbox';
export const sandboxServerId = 'sandbox-server';

/** Why an entry of `chatkit.connections` is left out. */
export type EntryProblem =
  'notAnObject' | 'id' | 'reservedId' | 'duplicateId' | 'name' | 'kind' | 'url' | 'urlSecret' | 'headers' | 'fields';

export interface InvalidEntry {
  /** Place in the setting, from 0. */
  readonly index: number;
  /** Its name or id where it has one. */
  readonly label: string | undefined;
  readonly problem: EntryProblem;
}

const headerName = z.string().check(z.regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/));
const optionalText = z.optional(z.string());

const entrySchema = z.looseObject({
  id: z.string().check(z.regex(/^\S+$/)),
  name: z.string().check(z.trim(), z.minLength(1)),
  kind: z.enum(['openai', 'server']),
  url: z.optional(z.string()),
  organization: optionalText,
  project: optionalText,
  headers: z.optional(z.array(headerName)),
  userHeader: z.optional(z.union([headerName, z.literal('')])),
  uploadUrl: z.optional(z.url()),
  readOnly: z.optional(z.boolean()),
  requestHeaders: z.optional(z.record(headerName, z.string().check(z.regex(/^[\t\x20-\x7e\x80-\xff]*$/)))),
  acceptLanguage: z.optional(z.string().check(z.regex(/^[\w\-*,;=. ]*$/))),
  timeZone: z.optional(z.string()),
  metadata: z.optional(z.record(z.string(), z.unknown())),
  credentialCommand: z.optional(z.array(z.string())),
});

/** Headers that belong to the connection or to the protocol. */
const reservedHeader =
  /^(?:accept|accept-encoding|connection|content-length|content-type|cookie|expect|host|keep-alive|openai-beta|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

/** Reads the setting `chatkit.connections`. Never throws: invalid entries are reported and ignored. */
export function parseConnections(value: unknown): {
  readonly connections: readonly Connection[];
  readonly broken: readonly InvalidEntry[];
} {
  const connections: Connection[] = [];
  const broken: InvalidEntry[] = [];
  const seen = new Set<string>([sandboxId, sandboxServerId]);
  for (const [index, entry] of (Array.isArray(value) ? (value as unknown[]) : []).entries()) {
    const parsed = parseEntry(entry, seen);
    if (typeof parsed === 'string') broken.push({ index, label: labelOf(entry), problem: parsed });
    else {
      connections.push(parsed);
      seen.add(parsed.id);
    }
  }
  return { connections, broken };
}

function parseEntry(entry: unknown, seen: ReadonlySet<string>): Connection | EntryProblem {
  const result = entrySchema.safeParse(entry);
  if (!result.success) return problemOf(result.error.issues[0]?.path[0]);
  const { id, name, kind, organization, project, headers, userHeader, uploadUrl, readOnly, ...more } = result.data;
  if (id === sandboxId || id === sandboxServerId) return 'reservedId';
  if (seen.has(id)) return 'duplicateId';
  const url = normaliseUrl(kind, result.data.url ?? (kind === 'openai' ? defaultOpenAiUrl : ''));
  if ('problem' in url) return url.problem;
  const { requestHeaders = {}, timeZone } = result.data;
  if (Object.keys(requestHeaders).some((header) => reservedHeader.test(header))) return 'fields';
  if (timeZone && timeZone !== 'auto' && parseZoneSetting(timeZone) === null) return 'fields';
  return {
    id,
    name,
    kind,
    url: url.url,
    ...(organization ? { organization } : {}),
    ...(project ? { project } : {}),
    ...(headers?.length ? { headers: [...new Set(headers.map((header) => header.toLowerCase()))] } : {}),
    ...(userHeader ? { userHeader: userHeader.toLowerCase() } : {}),
    ...(uploadUrl ? { uploadUrl } : {}),
    ...(readOnly ? { readOnly } : {}),
    ...requestOptions(more, new Set(headers?.map((header) => header.toLowerCase()))),
  };
}

/** A header that is also secret is sent with its secret value only. */
function requestOptions(
  {
    requestHeaders = {},
    acceptLanguage,
    timeZone,
    metadata,
    credentialCommand = [],
  }: Pick<
    z.output<typeof entrySchema>,
    'requestHeaders' | 'acceptLanguage' | 'timeZone' | 'metadata' | 'credentialCommand'
  >,
  secret: ReadonlySet<string>,
): Partial<Connection> {
  const headers = Object.entries(requestHeaders)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !secret.has(name));
  return {
    ...(headers.length > 0 ? { requestHeaders: Object.fromEntries(headers) } : {}),
    ...(acceptLanguage ? { acceptLanguage } : {}),
    ...(timeZone && timeZone !== 'auto' ? { timeZone } : {}),
    ...(metadata && Object.keys(metadata).length > 0 ? { metadata: metadata as JsonObject } : {}),
    ...(credentialCommand.length > 0 ? { credentialCommand } : {}),
  };
}

/**
 * The address as connections keep it: without surrounding space and fragment, `openai` also without a trailing slash.
 * `urlSecret`: it carries a user name or password, which a setting must not hold.
 */
export function normaliseUrl(
  kind: Connection['kind'],
  text: string,
): { readonly url: string } | { readonly problem: 'url' | 'urlSecret' } {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return { problem: 'url' };
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '') return { problem: 'urlSecret' };
  url.hash = '';
  if (kind === 'server') return { url: url.href };
  url.search = '';
  return { url: url.href.replace(/\/+$/, '') };
}

function problemOf(field: PropertyKey | undefined): EntryProblem {
  switch (field) {
    case undefined:
      return 'notAnObject';
    case 'id':
    case 'name':
    case 'kind':
    case 'url':
    case 'headers':
      return field;
    default:
      return 'fields';
  }
}

function labelOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { name, id } = entry as { name?: unknown; id?: unknown };
  return [name, id].find((text): text is string => typeof text === 'string' && text !== '');
}
