import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InvalidEntry } from '../../src/chatkit/vscode/connectionSettings.ts';
import { createSettings } from '../../src/chatkit/vscode/settings.ts';
import { activated } from '../support/activated.ts';
import { writeConnections } from '../support/hostConnections.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { next } from '../support/hostWait.ts';

const valid = { id: 'a', name: 'A', kind: 'openai', url: 'https://api.openai.com/v1' } as const;
const written = (): unknown =>
  vscode.workspace.getConfiguration('chatkit').inspect<unknown>('connections')?.globalValue;

export const suite: HostSuite = {
  name: 'settings',
  cases: {
    'defaults match the manifest': () => {
      const settings = createSettings(() => assert.fail('reported invalid entries'));
      assert.deepEqual(settings.get('chatkit.connections'), []);
      assert.equal(settings.get('chatkit.pageSize'), 50);
      assert.equal(settings.get('chatkit.threads.autoRefreshSeconds'), 15);
      assert.equal(settings.get('chatkit.follow.intervalSeconds'), 3);
      assert.equal(settings.get('chatkit.http.timeoutSeconds'), 30);
      assert.equal(settings.get('chatkit.http.maxRetries'), 2);
      assert.equal(settings.get('chatkit.inspector.remoteImages'), 'ask');
      settings.dispose();
    },

    'limits numbers to their range and replaces invalid values by the default': async () => {
      const settings = createSettings(() => {});
      const configuration = vscode.workspace.getConfiguration('chatkit');
      const cases: [unknown, number][] = [
        [500, 100],
        [0, 1],
        ['many', 50],
        [undefined, 50],
      ];
      for (const [value, expected] of cases) {
        await configuration.update('pageSize', value, vscode.ConfigurationTarget.Global);
        assert.equal(settings.get('chatkit.pageSize'), expected, String(value));
      }
      settings.dispose();
    },

    'reports invalid entries once and omits them': async () => {
      const services = await activated();
      const reported: (readonly InvalidEntry[])[] = [];
      const settings = createSettings((broken) => reported.push(broken));
      await writeConnections(services, [{ name: 'No id' }, valid]);
      assert.deepEqual(settings.get('chatkit.connections'), [valid]);
      settings.get('chatkit.connections');
      assert.deepEqual(reported, [[{ index: 0, label: 'No id', problem: 'id' }]]);
      await writeConnections(services, []);
      settings.dispose();
    },

    'saving and removing a connection preserves all other entries': async () => {
      const services = await activated();
      const odd = { name: 'No id', note: 'mine' };
      await writeConnections(services, [odd, { ...valid, note: 'preserved' }]);
      await services.settings.saveConnection({ ...valid, name: 'Renamed' });
      assert.deepEqual(written(), [odd, { note: 'preserved', ...valid, name: 'Renamed' }]);
      await services.settings.saveConnection({ ...valid, id: 'b' });
      assert.equal((written() as unknown[]).length, 3);
      await services.settings.removeConnection('a');
      assert.deepEqual(written(), [odd, { ...valid, id: 'b' }]);
      await writeConnections(services, []);
    },

    'a change event contains the setting': async () => {
      const settings = createSettings(() => {});
      const changed = next(settings.onDidChange, 'the change of the setting');
      const configuration = vscode.workspace.getConfiguration('chatkit');
      await configuration.update('http.maxRetries', 5, vscode.ConfigurationTarget.Global);
      assert.deepEqual(await changed, ['chatkit.http.maxRetries']);
      assert.equal(settings.get('chatkit.http.maxRetries'), 5);
      await configuration.update('http.maxRetries', undefined, vscode.ConfigurationTarget.Global);
      settings.dispose();
    },
  },
};
