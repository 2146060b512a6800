import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionId } from '../../src/host/ids.ts';
import type { HostSuite } from '../support/hostSuite.ts';

export const suite: HostSuite = {
  name: 'activation',
  cases: {
    'the extension is there and activates': async () => {
      const extension = vscode.extensions.getExtension(extensionId);
      assert.ok(extension, 'not installed');
      await extension.activate();
      assert.equal(extension.isActive, true);
    },
  },
};
