import type * as vscode from 'vscode';
import { Disposables } from '../../host/disposables.ts';
import type { Services } from '../services.ts';

export function registerDocuments(services: Services): vscode.Disposable {
  void services;
  return new Disposables();
}
