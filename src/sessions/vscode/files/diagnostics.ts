import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { segmentsOf } from '../../common/placeholders.ts';
import { readSessionFile, type SessionFile } from '../../common/sessionFile.ts';
import { readsOf } from '../../common/template.ts';
import type { Connections } from '../../../connections/vscode/types.ts';
import { connectionsCalled } from '../sessionConnections.ts';

/**
 * What the contributed JSON schema cannot say about a session file: its placeholders, the word `latest`, a connection
 * that is not here, variables that are not set. What it can say it says itself.
 */
export function sessionFileDiagnostics(
  document: vscode.TextDocument,
  connections: Connections,
): readonly vscode.Diagnostic[] {
  const file = readSessionFile(document.getText());
  const mark = (place: { offset: number; length: number }, message: string, severity: vscode.DiagnosticSeverity) => {
    const range = new vscode.Range(document.positionAt(place.offset), document.positionAt(place.offset + place.length));
    const diagnostic = new vscode.Diagnostic(range, message, severity);
    diagnostic.source = 'ChatKit';
    return diagnostic;
  };
  const { Error, Warning } = vscode.DiagnosticSeverity;
  return [
    ...file.problems
      .filter(({ inSchema }) => !inSchema)
      .map((problem) => mark(problem, problem.message, problem.severity === 'error' ? Error : Warning)),
    ...connectionProblems(file, connections).map((message) => mark(file.placeOf(['connection']), message, Warning)),
    ...environmentProblems(file).map(({ path, message }) => mark(file.placeOf(path), message, Warning)),
  ];
}

function connectionProblems({ connection }: SessionFile, connections: Connections): readonly string[] {
  if (connection === null || segmentsOf(connection).some(({ kind }) => kind !== 'text')) return [];
  const found = connectionsCalled(connections, connection);
  const [only] = found;
  if (only === undefined) return [l10n.t('There is no connection “{0}” in this editor.', connection)];
  if (found.length > 1) return [l10n.t('Several connections are called “{0}”; use an ID.', connection)];
  return connections.source(only.id).capabilities.sessions
    ? []
    : [l10n.t('The connection “{0}” cannot create sessions.', connection)];
}

function environmentProblems({ template, connection }: SessionFile) {
  const whole = connection === null ? template : { connection, ...template };
  const isTrusted = vscode.workspace.isTrusted;
  return readsOf(whole)
    .filter(({ placeholder }) => placeholder.kind === 'env')
    .filter(({ placeholder }) => !isTrusted || process.env[placeholder.name] === undefined)
    .flatMap(({ placeholder: { name }, paths }) => {
      const message = isTrusted
        ? l10n.t('{0} is not set in the environment that extensions run in.', name)
        : l10n.t('Reading {0} from the environment is off until you trust this workspace.', name);
      return paths.map((path) => ({ path, message }));
    });
}
