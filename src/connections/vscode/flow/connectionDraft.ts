import * as l10n from '@vscode/l10n';
import {
  type Connection,
  type CredentialProvider,
  defaultOpenAiUrl,
  originOf,
} from '../../../chatkit/common/connection.ts';
import { normaliseUrl } from '../../../chatkit/vscode/connectionSettings.ts';
import { SourceError, withheldCodes } from '../../../chatkit/common/errors.ts';
import { keyHeaders, keyVariable } from '../secretHeaders.ts';

/** Credentials that the user entered in a flow, before they are saved. */
type EnteredCredentials =
  /** Not entered: the connection's row asks for them later. */
  | { readonly from: 'later' }
  | { readonly from: 'environment'; readonly headers?: Readonly<Record<string, string>> }
  /** Secret headers, names in lower case. */
  | { readonly from: 'typed'; readonly headers: Readonly<Record<string, string>> };

/** The values that a test can reject; also the IDs of their steps. */
export type RejectedField = 'url' | 'credentials';

/** State of the flow that adds or edits a connection. */
export interface ConnectionDraft {
  /** The user wants to set everything, not only what is necessary. */
  readonly more: boolean;
  readonly kind: Connection['kind'];
  /** *Find Local Servers* found the URL, so the flow does not ask for it. */
  readonly isFound: boolean;
  readonly name: string;
  readonly url: string;
  readonly organization: string;
  readonly project: string;
  readonly headers: readonly string[];
  readonly userHeader: string;
  /** As in the setting; empty: automatic. */
  readonly timeZone: string;
  /** The flow does not ask for it; the value of the setting is preserved. */
  readonly uploadUrl: string;
  readonly readOnly: boolean;
  /** Options of the setting that the flow does not ask for. They are preserved. */
  readonly otherOptions: Partial<Connection>;
  readonly entered: EnteredCredentials;
  /** How the API key is provided. */
  readonly keySource: 'typed' | 'environment';
  /** Origin for which the user allowed plain HTTP in this flow. Its step remains, so that Back reaches it. */
  readonly agreedOrigin: string | undefined;
  /** The value that the test rejected, and why; shown when the flow asks for it again. */
  readonly rejected: { readonly field: RejectedField; readonly reason: string } | undefined;
  /** The test failed and the user saves anyway: do not test again. */
  readonly saveAnyway: boolean;
}

export function newDraft(): ConnectionDraft {
  return {
    more: false,
    kind: 'openai',
    isFound: false,
    name: '',
    url: defaultOpenAiUrl,
    organization: '',
    project: '',
    headers: [],
    userHeader: '',
    timeZone: '',
    uploadUrl: '',
    readOnly: false,
    otherOptions: {},
    entered: { from: 'later' },
    keySource: 'typed',
    agreedOrigin: undefined,
    rejected: undefined,
    saveAnyway: false,
  };
}

export function draftOf(connection: Connection): ConnectionDraft {
  return {
    ...newDraft(),
    kind: connection.kind,
    name: connection.name,
    url: connection.url,
    organization: connection.organization ?? '',
    project: connection.project ?? '',
    headers: connection.headers ?? [],
    userHeader: connection.userHeader ?? '',
    timeZone: connection.timeZone ?? '',
    uploadUrl: connection.uploadUrl ?? '',
    readOnly: connection.readOnly ?? false,
    otherOptions: otherOptionsOf(connection),
  };
}

function otherOptionsOf(connection: Connection): Partial<Connection> {
  const { requestHeaders, acceptLanguage, metadata, credentialCommand } = connection;
  return {
    ...(requestHeaders === undefined ? {} : { requestHeaders }),
    ...(acceptLanguage === undefined ? {} : { acceptLanguage }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(credentialCommand === undefined ? {} : { credentialCommand }),
  };
}

/** Returns the name that a connection has unless the user enters another: its host. `taken`: existing names. */
export function defaultName({ kind, url }: Pick<ConnectionDraft, 'kind' | 'url'>, taken: readonly string[]): string {
  const host = URL.canParse(url) ? new URL(url).host : '';
  const base = kind === 'openai' && (host === '' || url === defaultOpenAiUrl) ? 'OpenAI' : host || 'ChatKit';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** Returns the connection of a draft without its empty fields. */
export function toConnection(draft: ConnectionDraft, id: string): Connection {
  const isServer = draft.kind === 'server';
  return {
    id,
    name: draft.name,
    kind: draft.kind,
    url: draft.url,
    ...(!isServer && draft.organization !== '' ? { organization: draft.organization } : {}),
    ...(!isServer && draft.project !== '' ? { project: draft.project } : {}),
    ...(draft.headers.length > 0 ? { headers: draft.headers } : {}),
    ...(isServer && draft.userHeader !== '' ? { userHeader: draft.userHeader } : {}),
    ...(isServer && draft.timeZone !== '' ? { timeZone: draft.timeZone } : {}),
    ...(isServer && draft.uploadUrl !== '' ? { uploadUrl: draft.uploadUrl } : {}),
    ...(draft.readOnly ? { readOnly: true } : {}),
    ...draft.otherOptions,
  };
}

/** Returns a provider of the entered credentials for a test before they are saved. Bound to the origin of the draft. */
export function enteredProvider(draft: ConnectionDraft, env: NodeJS.ProcessEnv): CredentialProvider {
  return {
    headersFor: async (origin) => {
      if (origin !== originOf(draft.url)) {
        throw new SourceError('withheld', l10n.t('The credentials are for another address.'), {
          code: withheldCodes.otherOrigin,
          host: new URL(origin).host,
        });
      }
      switch (draft.entered.from) {
        case 'typed':
          return draft.entered.headers;
        case 'environment':
          return { ...draft.entered.headers, ...keyHeaders(env[keyVariable]?.trim() ?? '') };
        case 'later':
          return {};
      }
    },
  };
}

/**
 * Returns an ID for a new connection, derived from its name so that links are readable: `Acme (staging)` →
 * `acme-staging`. `usedIds` contains the existing IDs.
 */
export function newConnectionId(name: string, usedIds: ReadonlySet<unknown>): string {
  const parts = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const base = parts?.join('-') ?? 'connection';
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!usedIds.has(id)) return id;
  }
}

/** Each function returns a sentence about the first problem of an input, or undefined. */

export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return l10n.t('Enter a name.');
  if (taken.includes(trimmed)) return l10n.t('A connection with this name already exists.');
  return undefined;
}

/** Returns why a text cannot be the ID of an organization or a project, or undefined. */
export function idProblem(text: string): string | undefined {
  return /^[\w.-]*$/.test(text.trim())
    ? undefined
    : l10n.t('An ID can contain only letters, digits, “.”, “-” and “_”.');
}

export function urlProblem(kind: Connection['kind'], url: string): string | undefined {
  const result = normaliseUrl(kind, url);
  if (!('problem' in result)) return undefined;
  return result.problem === 'urlSecret'
    ? l10n.t('Remove the user name and password from the URL. Settings are stored as plain text.')
    : l10n.t('Enter a full address that starts with https:// (or http://).');
}

export function keyProblem(key: string): string | undefined {
  return /^[\x21-\x7e]*$/.test(key.trim())
    ? undefined
    : l10n.t('An API key cannot contain spaces, line breaks or special characters.');
}

export function headerValueProblem(value: string): string | undefined {
  if (value.trim() === '') return l10n.t('Enter the header value.');
  return /^[\x20-\x7e]*$/.test(value)
    ? undefined
    : l10n.t('A header value cannot contain line breaks or non-ASCII characters.');
}

/** Headers that the extension sets itself. */
const reservedHeaders = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
  'user-agent',
]);

/** Accepts one header name or an empty text. */
function headerNameProblem(name: string): string | undefined {
  const trimmed = name.trim().toLowerCase();
  if (trimmed === '') return undefined;
  if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(trimmed)) {
    return l10n.t('“{0}” is not a valid header name.', name.trim());
  }
  if (reservedHeaders.has(trimmed)) return l10n.t('The extension sets “{0}” itself.', name.trim());
  return undefined;
}

/** Accepts a header name that is not a secret header. */
export function userHeaderProblem(name: string, secretHeaders: readonly string[]): string | undefined {
  return secretHeaders.includes(name.trim().toLowerCase())
    ? l10n.t('“{0}” is already a secret header of this connection.', name.trim())
    : headerNameProblem(name);
}

/** Accepts comma-separated header names. */
export function headerNamesProblem(text: string): string | undefined {
  for (const name of text.split(',')) {
    const problem = headerNameProblem(name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

export function headerNamesOf(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim().toLowerCase());
  return [...new Set(names.filter((name) => name !== ''))];
}
