import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { segmentsOf } from '../../base/common/placeholders.ts';
import { type SessionFile, type TextRange, readSessionFile, sessionFileSuffix } from '../common/sessionFile.ts';
import { placeholderUses } from '../common/template.ts';
import type { Connections } from '../../connections/vscode/types.ts';
import { findConnections } from '../../connections/vscode/findConnections.ts';

/** Shows *Create Session* at the top of a session file. */
export const sessionLenses: vscode.CodeLensProvider = {
  provideCodeLenses(document) {
    const command = {
      command: 'chatkit.createSessionFromFile',
      title: `$(play) ${l10n.t('Create Session')}`,
      tooltip: l10n.t('Create the ChatKit session that this file describes'),
      arguments: [document.uri],
    };
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
  },
};

export const sessionFileGlob = `**/*${sessionFileSuffix}`;

export const sessionFileSelector: vscode.DocumentSelector = [{ pattern: sessionFileGlob }];

export function isSessionFile({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(sessionFileSuffix);
}

/**
 * Returns the problems of a session file that the contributed JSON schema cannot report: invalid placeholders, the
 * version `latest`, an unknown connection, environment variables that are not set.
 */
export function sessionFileDiagnostics(
  document: vscode.TextDocument,
  connections: Connections,
): readonly vscode.Diagnostic[] {
  const file = readSessionFile(document.getText());
  const diagnosticAt = (textRange: TextRange, message: string, severity: vscode.DiagnosticSeverity) => {
    const range = new vscode.Range(
      document.positionAt(textRange.offset),
      document.positionAt(textRange.offset + textRange.length),
    );
    const diagnostic = new vscode.Diagnostic(range, message, severity);
    diagnostic.source = 'ChatKit';
    return diagnostic;
  };
  const { Error, Warning } = vscode.DiagnosticSeverity;
  return [
    ...file.problems
      .filter(({ inSchema }) => !inSchema)
      .map((problem) => diagnosticAt(problem, problem.message, problem.severity === 'error' ? Error : Warning)),
    ...connectionProblems(file, connections).map((message) =>
      diagnosticAt(file.rangeOf(['connection']), message, Warning),
    ),
    ...environmentProblems(file).map(({ path, message }) => diagnosticAt(file.rangeOf(path), message, Warning)),
  ];
}

function connectionProblems({ connection }: SessionFile, connections: Connections): readonly string[] {
  if (connection === null || segmentsOf(connection).some(({ kind }) => kind !== 'text')) return [];
  const matches = findConnections(connections, connection);
  const [only] = matches;
  if (only === undefined) return [l10n.t('The connection “{0}” does not exist in this editor.', connection)];
  if (matches.length > 1) return [l10n.t('Several connections have the name “{0}”. Use an ID.', connection)];
  return connections.source(only.id).capabilities.sessions
    ? []
    : [l10n.t('The connection “{0}” cannot create sessions.', connection)];
}

function environmentProblems({ template, connection }: SessionFile) {
  const whole = connection === null ? template : { connection, ...template };
  const isTrusted = vscode.workspace.isTrusted;
  return placeholderUses(whole)
    .filter(({ placeholder }) => placeholder.kind === 'env')
    .filter(({ placeholder }) => !isTrusted || process.env[placeholder.name] === undefined)
    .flatMap(({ placeholder: { name }, paths }) => {
      const message = isTrusted
        ? l10n.t('The environment variable {0} is not set in the extension host.', name)
        : l10n.t('Reading {0} from the environment is off until you trust this workspace.', name);
      return paths.map((path) => ({ path, message }));
    });
}
