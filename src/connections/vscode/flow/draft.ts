import {
  type Connection,
  type CredentialProvider,
  defaultOpenAiUrl,
  originOf,
} from '../../../chatkit/common/connection.ts';
import { SourceError, withheldCodes } from '../../../chatkit/common/errors.ts';
import { keyHeaders, keyVariable } from '../credentialRecord.ts';

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
export interface Draft {
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
  /** The flow does not ask for it; the value of the setting is preserved. */
  readonly uploadUrl: string;
  readonly readOnly: boolean;
  /** Options of the setting that the flow does not ask for. They are preserved. */
  readonly kept: Partial<Connection>;
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

export function newDraft(): Draft {
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
    uploadUrl: '',
    readOnly: false,
    kept: {},
    entered: { from: 'later' },
    keySource: 'typed',
    agreedOrigin: undefined,
    rejected: undefined,
    saveAnyway: false,
  };
}

export function draftOf(connection: Connection): Draft {
  return {
    ...newDraft(),
    kind: connection.kind,
    name: connection.name,
    url: connection.url,
    organization: connection.organization ?? '',
    project: connection.project ?? '',
    headers: connection.headers ?? [],
    userHeader: connection.userHeader ?? '',
    uploadUrl: connection.uploadUrl ?? '',
    readOnly: connection.readOnly ?? false,
    kept: keptOptions(connection),
  };
}

function keptOptions(connection: Connection): Partial<Connection> {
  const { requestHeaders, acceptLanguage, timeZone, metadata, credentialCommand } = connection;
  return {
    ...(requestHeaders === undefined ? {} : { requestHeaders }),
    ...(acceptLanguage === undefined ? {} : { acceptLanguage }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(credentialCommand === undefined ? {} : { credentialCommand }),
  };
}

/** Returns the name that a connection has unless the user enters another: its host. `taken`: existing names. */
export function defaultName({ kind, url }: Pick<Draft, 'kind' | 'url'>, taken: readonly string[]): string {
  const host = URL.canParse(url) ? new URL(url).host : '';
  const base = kind === 'openai' && (host === '' || url === defaultOpenAiUrl) ? 'OpenAI' : host || 'ChatKit';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** Returns the connection of a draft without its empty fields. */
export function toConnection(draft: Draft, id: string): Connection {
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
    ...(isServer && draft.uploadUrl !== '' ? { uploadUrl: draft.uploadUrl } : {}),
    ...(draft.readOnly ? { readOnly: true } : {}),
    ...draft.kept,
  };
}

/** Returns a provider of the entered credentials for a test before they are saved. Bound to the origin of the draft. */
export function enteredProvider(draft: Draft, env: NodeJS.ProcessEnv): CredentialProvider {
  return {
    headersFor: async (origin) => {
      if (origin !== originOf(draft.url)) {
        throw new SourceError('withheld', 'The credentials are for another address.', {
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
