import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InvalidEntry } from '../../src/chatkit/vscode/connectionSettings.ts';
import { createSettings } from '../../src/chatkit/vscode/settings.ts';
import { activated } from '../support/activated.ts';
import { writeConnections } from '../support/hostConnections.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { next } from '../support/hostWait.ts';

const good = { id: 'a', name: 'A', kind: 'openai', url: 'https://api.openai.com/v1' } as const;
const written = (): unknown =>
  vscode.workspace.getConfiguration('chatkit').inspect<unknown>('connections')?.globalValue;

export const suite: HostSuite = {
  name: 'settings',
  cases: {
    'defaults are those of the manifest': () => {
      const settings = createSettings(() => assert.fail('told of broken entries'));
      assert.deepEqual(settings.get('chatkit.connections'), []);
      assert.equal(settings.get('chatkit.pageSize'), 50);
      assert.equal(settings.get('chatkit.threads.autoRefreshSeconds'), 15);
      assert.equal(settings.get('chatkit.follow.intervalSeconds'), 3);
      assert.equal(settings.get('chatkit.http.timeoutSeconds'), 30);
      assert.equal(settings.get('chatkit.http.maxRetries'), 2);
      assert.equal(settings.get('chatkit.inspector.remoteImages'), 'ask');
      settings.dispose();
    },

    'numbers out of range are brought into it, nonsense is the default': async () => {
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

    'broken entries are told once and left out': async () => {
      const services = await activated();
      const told: (readonly InvalidEntry[])[] = [];
      const settings = createSettings((broken) => told.push(broken));
      await writeConnections(services, [{ name: 'No id' }, good]);
      assert.deepEqual(settings.get('chatkit.connections'), [good]);
      settings.get('chatkit.connections');
      assert.deepEqual(told, [[{ index: 0, label: 'No id', problem: 'id' }]]);
      await writeConnections(services, []);
      settings.dispose();
    },

    'saving and removing leave the rest as it is written': async () => {
      const services = await activated();
      const odd = { name: 'No id', note: 'mine' };
      await writeConnections(services, [odd, { ...good, note: 'kept' }]);
      await services.settings.saveConnection({ ...good, name: 'Renamed' });
      assert.deepEqual(written(), [odd, { note: 'kept', ...good, name: 'Renamed' }]);
      await services.settings.saveConnection({ ...good, id: 'b' });
      assert.equal((written() as unknown[]).length, 3);
      await services.settings.removeConnection('a');
      assert.deepEqual(written(), [odd, { ...good, id: 'b' }]);
      await writeConnections(services, []);
    },

    'a change tells which': async () => {
      const settings = createSettings(() => {});
      const told = next(settings.onDidChange, 'the change of the setting');
      const configuration = vscode.workspace.getConfiguration('chatkit');
      await configuration.update('http.maxRetries', 5, vscode.ConfigurationTarget.Global);
      assert.deepEqual(await told, ['chatkit.http.maxRetries']);
      assert.equal(settings.get('chatkit.http.maxRetries'), 5);
      await configuration.update('http.maxRetries', undefined, vscode.ConfigurationTarget.Global);
      settings.dispose();
    },
  },
};
