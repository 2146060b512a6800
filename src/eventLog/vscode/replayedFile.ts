import * as vscode from 'vscode';

/** Begins the id of what stands in for a connection: the page keeps it, and brings the replay back after a reload. */
const prefix = 'replay:';

export function replayId(file: vscode.Uri): string {
  return prefix + file.toString();
}

/** The file that something is a replay of; undefined for anything else. */
export function replayedFile(connectionId: string): vscode.Uri | undefined {
  return connectionId.startsWith(prefix) ? vscode.Uri.parse(connectionId.slice(prefix.length)) : undefined;
}
