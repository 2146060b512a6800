import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { normaliseUrl } from '../../../chatkit/vscode/connectionSettings.ts';

/** Each function returns a sentence about the first problem of an input, or undefined. */

export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return l10n.t('Enter a name.');
  if (taken.includes(trimmed)) return l10n.t('A connection with this name already exists.');
  return undefined;
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
