import { defaultOpenAiUrl, originOf, type Connection } from '../../../chatkit/common/connection.ts';
import type { CredentialProvider } from '../../../chatkit/common/credentials.ts';
import { SourceError, withheldCodes } from '../../../chatkit/common/errors.ts';
import { keyHeaders, keyVariable } from '../credentialRecord.ts';

/** Credentials as the user gives them in a flow, before they are saved. */
export type Entered =
  /** None now: the connection's row will ask. */
  | { readonly from: 'later' }
  | { readonly from: 'environment' }
  /** Secret headers, names in lower case. */
  | { readonly from: 'typed'; readonly headers: Readonly<Record<string, string>> };

/** A connection in the making. */
export interface Draft {
  readonly kind: Connection['kind'];
  readonly name: string;
  readonly url: string;
  readonly organization: string;
  readonly project: string;
  readonly headers: readonly string[];
  readonly userHeader: string;
  /** Not asked for; kept as the setting has it. */
  readonly uploadUrl: string;
  readonly readOnly: boolean;
  readonly entered: Entered;
  /** Where the key comes from was chosen to be the environment. */
  readonly keySource: 'typed' | 'environment';
  /** Origin whose plain http the user agreed to in this flow: its question stays in the list, for Back. */
  readonly agreedOrigin: string | undefined;
  /** Why the credentials failed, shown where they are asked for again. */
  readonly problem: string | undefined;
  /** The test failed and the user wants them kept all the same: not tested again. */
  readonly saveAnyway: boolean;
}

export function newDraft(): Draft {
  return {
    kind: 'openai',
    name: '',
    url: defaultOpenAiUrl,
    organization: '',
    project: '',
    headers: [],
    userHeader: '',
    uploadUrl: '',
    readOnly: false,
    entered: { from: 'later' },
    keySource: 'typed',
    agreedOrigin: undefined,
    problem: undefined,
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
  };
}

/** The connection a draft describes; fields left empty are left out. */
export function toConnection(draft: Draft, id: string): Connection {
  const isServer = draft.kind === 'server';
  return {
    id,
    name: draft.name,
    kind: draft.kind,
    url: draft.url,
    ...(!isServer && draft.organization !== '' ? { organization: draft.organization } : {}),
    ...(!isServer && draft.project !== '' ? { project: draft.project } : {}),
    ...(isServer && draft.headers.length > 0 ? { headers: draft.headers } : {}),
    ...(isServer && draft.userHeader !== '' ? { userHeader: draft.userHeader } : {}),
    ...(isServer && draft.uploadUrl !== '' ? { uploadUrl: draft.uploadUrl } : {}),
    ...(draft.readOnly ? { readOnly: true } : {}),
  };
}

/** The entered credentials, for a test before anything is saved: bound to the draft's own origin. */
export function enteredProvider(draft: Draft, env: NodeJS.ProcessEnv): CredentialProvider {
  return {
    headersFor: async (origin) => {
      if (origin !== originOf(draft.url)) {
        throw new SourceError('withheld', 'The credentials are meant for another address.', {
          code: withheldCodes.otherOrigin,
          host: new URL(origin).host,
        });
      }
      switch (draft.entered.from) {
        case 'typed':
          return draft.entered.headers;
        case 'environment':
          return keyHeaders(env[keyVariable]?.trim() ?? '');
        case 'later':
          return {};
      }
    },
  };
}

/**
 * An id for a new connection, from its name, so that links to it can be read: `Acme (staging)` → `acme-staging`.
 * `used` holds the ids that are taken.
 */
export function newConnectionId(name: string, used: ReadonlySet<unknown>): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const base = words?.join('-') ?? 'connection';
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!used.has(id)) return id;
  }
}
