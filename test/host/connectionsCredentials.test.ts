import assert from 'node:assert/strict';
import type { Connection } from '../../src/chatkit/common/connection.ts';
import { isSourceError, withheldCodes } from '../../src/chatkit/common/errors.ts';
import { secretKeyOf } from '../../src/connections/vscode/secretHeaders.ts';
import { Credentials } from '../../src/connections/vscode/credentials.ts';
import { createSecrets } from '../../src/base/vscode/secrets.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { next } from '../support/hostWait.ts';
import { SecretStorageDouble, type SecretFault } from '../support/secretStorage.ts';
import { silentLog } from '../support/silentLog.ts';

const hosted: Connection = { id: 'a', name: 'A', kind: 'openai', url: 'https://api.openai.com/v1' };
const origin = 'https://api.openai.com';
const key = 'sk-proj-abcdefghijklmnop';
const headers = { authorization: `Bearer ${key}` };

function setUp(fault: SecretFault = 'none', env: NodeJS.ProcessEnv = {}) {
  const storage = new SecretStorageDouble(fault);
  let notifications = 0;
  const secrets = createSecrets(storage, silentLog, () => (notifications += 1));
  return { storage, secrets, credentials: new Credentials(secrets, env), notifications: () => notifications };
}

async function withheld(promise: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(promise, (error) => isSourceError(error, 'withheld') && error.details.code === code);
}

export const suite: HostSuite = {
  name: 'credentials',
  cases: {
    'reports missing credentials and provides none': async () => {
      const { credentials } = setUp();
      assert.equal(await credentials.state(hosted), 'missing');
      await withheld(credentials.provider(hosted).headersFor(origin), withheldCodes.missing);
    },

    'provides saved credentials for their origin only': async () => {
      const { credentials, storage } = setUp();
      assert.equal(await credentials.saveHeaders(hosted, headers), 'saved');
      assert.equal(await credentials.state(hosted), 'saved');
      assert.equal(await credentials.describe(hosted), 'sk-…mnop (saved)');
      assert.deepEqual(await credentials.provider(hosted).headersFor(origin), headers);
      for (const other of [
        'http://api.openai.com',
        'https://api.openai.com:8443',
        'https://api.openai.com.evil.test',
      ]) {
        await withheld(credentials.provider(hosted).headersFor(other), withheldCodes.otherOrigin);
      }
      assert.deepEqual(JSON.parse(storage.values.get(secretKeyOf('a')) ?? ''), { origin, headers });
    },

    'withholds credentials after the URL changes to another origin': async () => {
      const { credentials } = setUp();
      await credentials.saveHeaders(hosted, headers);
      const moved = { ...hosted, url: 'https://gate.example/v1' };
      assert.equal(await credentials.state(moved), 'otherOrigin');
      assert.match(await credentials.describe(moved), /saved for https:\/\/api\.openai\.com, not sent/);
      await withheld(credentials.provider(moved).headersFor('https://gate.example'), withheldCodes.otherOrigin);
    },

    'removes forgotten credentials from the storage': async () => {
      const { credentials, storage } = setUp();
      await credentials.saveHeaders(hosted, headers);
      await credentials.forget('a');
      assert.equal(await credentials.state(hosted), 'missing');
      assert.equal(storage.values.size, 0);
    },

    'reads the environment only when selected, and saves only the choice': async () => {
      const { credentials, storage } = setUp('none', { OPENAI_API_KEY: key });
      assert.equal(await credentials.state(hosted), 'missing');
      await credentials.useEnvironment(hosted);
      assert.equal(await credentials.state(hosted), 'environment');
      assert.equal(await credentials.describe(hosted), 'sk-…mnop (from OPENAI_API_KEY)');
      assert.deepEqual(await credentials.provider(hosted).headersFor(origin), headers);
      await withheld(credentials.provider(hosted).headersFor('https://gate.example'), withheldCodes.otherOrigin);
      assert.equal(storage.values.get(secretKeyOf('a'))?.includes(key), false);
    },

    'reports missing credentials when the variable is not set': async () => {
      const { credentials } = setUp();
      await credentials.useEnvironment(hosted);
      assert.equal(await credentials.state(hosted), 'missing');
      assert.equal(await credentials.describe(hosted), 'OPENAI_API_KEY (not set)');
    },

    'provides only the headers that the connection of a server specifies': async () => {
      const { credentials } = setUp();
      const server: Connection = { ...hosted, kind: 'server', url: 'https://s.test/chatkit', headers: ['x-key'] };
      await credentials.saveHeaders(server, { 'x-key': 'one', 'x-old': 'two' });
      assert.deepEqual(await credentials.provider(server).headersFor('https://s.test'), { 'x-key': 'one' });
      const more = { ...server, headers: ['x-key', 'x-new'] };
      assert.equal(await credentials.state(more), 'missing');
      await withheld(credentials.provider(more).headersFor('https://s.test'), withheldCodes.missing);
      const open: Connection = { id: 'a', name: 'A', kind: 'server', url: 'https://s.test/chatkit' };
      assert.equal(await credentials.state(open), 'notNeeded');
      assert.deepEqual(await credentials.provider(open).headersFor('https://s.test'), {});
    },

    'uses credentials that another window saved': async () => {
      const { credentials, storage } = setUp();
      assert.equal(await credentials.state(hosted), 'missing');
      const changed = next(credentials.onDidChange, 'the change');
      storage.saveElsewhere(secretKeyOf('a'), JSON.stringify({ origin, headers }));
      assert.equal(await changed, 'a');
      assert.equal(await credentials.state(hosted), 'saved');
    },

    'notifies once per change': async () => {
      const { credentials, storage } = setUp();
      const changes: string[] = [];
      credentials.onDidChange((id) => changes.push(id));
      await credentials.state(hosted);
      await credentials.saveHeaders(hosted, headers);
      // The editor also reports this change, with the same contents.
      storage.saveElsewhere(secretKeyOf('a'), JSON.stringify({ origin, headers }));
      storage.saveElsewhere(secretKeyOf('b'), JSON.stringify({ origin, headers }));
      await next(credentials.onDidChange, 'the change of b', (id) => id === 'b');
      assert.deepEqual(changes, ['a', 'b']);
    },

    'keeps credentials in memory when the storage throws, and notifies once': async () => {
      const { credentials, notifications } = setUp('throws');
      assert.equal(await credentials.state(hosted), 'missing');
      assert.equal(await credentials.saveHeaders(hosted, headers), 'memory');
      assert.equal(await credentials.state(hosted), 'memory');
      assert.match(await credentials.describe(hosted), /for this window only/);
      assert.deepEqual(await credentials.provider(hosted).headersFor(origin), headers);
      await credentials.forget('a');
      assert.equal(await credentials.state(hosted), 'missing');
      assert.equal(notifications(), 1);
    },

    'keeps credentials in memory when the storage does not save them, and notifies once': async () => {
      const { credentials, storage, notifications } = setUp('forgets');
      assert.equal(await credentials.saveHeaders(hosted, headers), 'memory');
      assert.equal(await credentials.saveHeaders({ ...hosted, id: 'b' }, headers), 'memory');
      assert.equal(await credentials.state(hosted), 'memory');
      assert.equal(notifications(), 1);
      storage.saveElsewhere(secretKeyOf('a'), JSON.stringify({ origin, headers }));
      await next(credentials.onDidChange, 'the change of a', (id) => id === 'a');
      assert.equal(await credentials.state(hosted), 'saved');
    },
  },
};
