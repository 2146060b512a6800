import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/connections/vscode/services.ts';
import { extensionId } from '../../src/chatkit/vscode/ids.ts';

/** Returns the services of the extension in this editor; the extension exports them only in test mode. */
export async function activated(): Promise<Services> {
  const extension = vscode.extensions.getExtension<Services | undefined>(extensionId);
  assert.ok(extension, 'The extension is not installed');
  const services = await extension.activate();
  assert.ok(services, 'The extension does not know that it is tested');
  return services;
}
