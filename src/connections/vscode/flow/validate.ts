import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { normaliseUrl } from '../../../chatkit/vscode/connectionSettings.ts';

/** Sentences on what is wrong with an input, or undefined. */

export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return l10n.t('Give the connection a name.');
  if (taken.includes(trimmed)) return l10n.t('There is a connection of this name already.');
  return undefined;
}

export function urlProblem(kind: Connection['kind'], url: string): string | undefined {
  const result = normaliseUrl(kind, url);
  if (!('problem' in result)) return undefined;
  return result.problem === 'urlSecret'
    ? l10n.t('Leave the user name and password out of the URL: it is kept in plain settings.')
    : l10n.t('Enter a full address that begins with https:// (or http://).');
}

export function keyProblem(key: string): string | undefined {
  return /^[\x21-\x7e]*$/.test(key.trim())
    ? undefined
    : l10n.t('An API key has no spaces, line breaks or special characters.');
}

export function headerValueProblem(value: string): string | undefined {
  if (value.trim() === '') return l10n.t('Enter the value of the header.');
  return /^[\x20-\x7e]*$/.test(value)
    ? undefined
    : l10n.t('A header value has no line breaks and no characters outside ASCII.');
}

/** Headers that the connection itself decides on. */
const ownHeaders = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
  'user-agent',
]);

/** One header name, or none. */
export function headerNameProblem(name: string): string | undefined {
  const trimmed = name.trim().toLowerCase();
  if (trimmed === '') return undefined;
  if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(trimmed)) {
    return l10n.t('“{0}” is not a header name.', name.trim());
  }
  if (ownHeaders.has(trimmed)) return l10n.t('“{0}” is set by the extension itself.', name.trim());
  return undefined;
}

/** The header of the user, which is no secret: it must not be one of those that are. */
export function userHeaderProblem(name: string, secret: readonly string[]): string | undefined {
  return secret.includes(name.trim().toLowerCase())
    ? l10n.t('“{0}” is a secret header of this connection already.', name.trim())
    : headerNameProblem(name);
}

/** Header names with commas between them. */
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
