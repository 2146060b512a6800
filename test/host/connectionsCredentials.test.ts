import assert from 'node:assert/strict';
import type { Connection } from '../../src/chatkit/common/connection.ts';
import { isSourceError, withheldCodes } from '../../src/chatkit/common/errors.ts';
import { secretKeyOf } from '../../src/connections/vscode/credentialRecord.ts';
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
  let told = 0;
  const secrets = createSecrets(storage, silentLog, () => (told += 1));
  return { storage, secrets, credentials: new Credentials(secrets, env), told: () => told };
}

async function withheld(promise: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(promise, (error) => isSourceError(error, 'withheld') && error.details.code === code);
}

export const suite: HostSuite = {
  name: 'credentials',
  cases: {
    'none saved: missing, and nothing is given out': async () => {
      const { credentials } = setUp();
      assert.equal(await credentials.state(hosted), 'missing');
      await withheld(credentials.provider(hosted).headersFor(origin), withheldCodes.missing);
    },

    'saved ones go to their origin and no other': async () => {
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
      assert.deepEqual(JSON.parse(storage.kept.get(secretKeyOf('a')) ?? ''), { origin, headers });
    },

    'a connection that points elsewhere later has none': async () => {
      const { credentials } = setUp();
      await credentials.saveHeaders(hosted, headers);
      const moved = { ...hosted, url: 'https://gate.example/v1' };
      assert.equal(await credentials.state(moved), 'otherOrigin');
      assert.match(await credentials.describe(moved), /saved for https:\/\/api\.openai\.com, not sent/);
      await withheld(credentials.provider(moved).headersFor('https://gate.example'), withheldCodes.otherOrigin);
    },

    'forgotten ones are gone from the storage': async () => {
      const { credentials, storage } = setUp();
      await credentials.saveHeaders(hosted, headers);
      await credentials.forget('a');
      assert.equal(await credentials.state(hosted), 'missing');
      assert.equal(storage.kept.size, 0);
    },

    'the environment is used only when chosen, and only the choice is kept': async () => {
      const { credentials, storage } = setUp('none', { OPENAI_API_KEY: key });
      assert.equal(await credentials.state(hosted), 'missing');
      await credentials.useEnvironment(hosted);
      assert.equal(await credentials.state(hosted), 'environment');
      assert.equal(await credentials.describe(hosted), 'sk-…mnop (from OPENAI_API_KEY)');
      assert.deepEqual(await credentials.provider(hosted).headersFor(origin), headers);
      await withheld(credentials.provider(hosted).headersFor('https://gate.example'), withheldCodes.otherOrigin);
      assert.equal(storage.kept.get(secretKeyOf('a'))?.includes(key), false);
    },

    'the environment without the variable: missing': async () => {
      const { credentials } = setUp();
      await credentials.useEnvironment(hosted);
      assert.equal(await credentials.state(hosted), 'missing');
      assert.equal(await credentials.describe(hosted), 'OPENAI_API_KEY, which is not set');
    },

    'a server gets the headers its connection names, no others': async () => {
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

    'what another window saved is told and used': async () => {
      const { credentials, storage } = setUp();
      assert.equal(await credentials.state(hosted), 'missing');
      const told = next(credentials.onDidChange, 'the change');
      storage.saveElsewhere(secretKeyOf('a'), JSON.stringify({ origin, headers }));
      assert.equal(await told, 'a');
      assert.equal(await credentials.state(hosted), 'saved');
    },

    'one change is told once': async () => {
      const { credentials, storage } = setUp();
      const told: string[] = [];
      credentials.onDidChange((id) => told.push(id));
      await credentials.state(hosted);
      await credentials.saveHeaders(hosted, headers);
      // The editor tells of its own change later, and of the same contents again.
      storage.saveElsewhere(secretKeyOf('a'), JSON.stringify({ origin, headers }));
      storage.saveElsewhere(secretKeyOf('b'), JSON.stringify({ origin, headers }));
      await next(credentials.onDidChange, 'the change of b', (id) => id === 'b');
      assert.deepEqual(told, ['a', 'b']);
    },

    'a storage that throws: kept for this window, said once': async () => {
      const { credentials, told } = setUp('throws');
      assert.equal(await credentials.state(hosted), 'missing');
      assert.equal(await credentials.saveHeaders(hosted, headers), 'memory');
      assert.equal(await credentials.state(hosted), 'memory');
      assert.match(await credentials.describe(hosted), /kept for this window only/);
      assert.deepEqual(await credentials.provider(hosted).headersFor(origin), headers);
      await credentials.forget('a');
      assert.equal(await credentials.state(hosted), 'missing');
      assert.equal(told(), 1);
    },

    'a storage that forgets: kept for this window, said once': async () => {
      const { credentials, storage, told } = setUp('forgets');
      assert.equal(await credentials.saveHeaders(hosted, headers), 'memory');
      assert.equal(await credentials.saveHeaders({ ...hosted, id: 'b' }, headers), 'memory');
      assert.equal(await credentials.state(hosted), 'memory');
      assert.equal(told(), 1);
      storage.saveElsewhere(secretKeyOf('a'), JSON.stringify({ origin, headers }));
      await next(credentials.onDidChange, 'the change of a', (id) => id === 'a');
      assert.equal(await credentials.state(hosted), 'saved');
    },
  },
};
