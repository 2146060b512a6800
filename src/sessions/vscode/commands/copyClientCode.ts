import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { defaultOpenAiUrl } from '../../../chatkit/common/connection.ts';
import type { SessionRef } from '../../../chatkit/common/refs.ts';
import type { SessionRecord } from '../../common/record.ts';
import { snippet, snippetLanguages, type SnippetLanguage } from '../../common/snippet/snippet.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../../base/vscode/messages/statusMessage.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSession } from '../target.ts';

/** Copies code for a server that creates the same session, in a language of choice. */
export async function copyClientCode(parts: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(parts, row, {
    placeHolder: l10n.t('Copy code that creates which session?'),
  });
  if (record === undefined) return;
  const picked = await vscode.window.showQuickPick(snippetLanguages.map(languageItem), {
    placeHolder: l10n.t('Code for a server that creates this session; the key is read from OPENAI_API_KEY'),
  });
  if (picked !== undefined) await copySnippet(parts, record, picked.language);
}

/** Copies the request of a session in a language. */
export async function copySnippet(
  { connections }: SessionServices,
  record: SessionRecord,
  language: SnippetLanguage,
): Promise<void> {
  const connection = connections.get(record.connectionId);
  const code = snippet(language, record.template, {
    baseUrl: connection?.url ?? defaultOpenAiUrl,
    ...(connection?.organization === undefined ? {} : { organization: connection.organization }),
    ...(connection?.project === undefined ? {} : { project: connection.project }),
  });
  await vscode.env.clipboard.writeText(code);
  showStatus(formatMessage(l10n.t('{0} copied'), languageItem(language).label), 3000);
}

function languageItem(language: SnippetLanguage): { label: string; description: string; language: SnippetLanguage } {
  switch (language) {
    case 'typescript':
      return { label: 'TypeScript', description: l10n.t('with the package openai'), language };
    case 'fetch':
      return { label: 'TypeScript (fetch)', description: l10n.t('with nothing but fetch'), language };
    case 'python':
      return { label: 'Python', description: l10n.t('with the package openai'), language };
    case 'curl':
      return { label: 'cURL', description: l10n.t('for a POSIX shell'), language };
  }
}
