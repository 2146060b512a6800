import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Connection } from '../../../src/chatkit/common/connection.ts';
import { ActingUsers } from '../../../src/connections/vscode/actingUsers.ts';
import { MementoDouble } from '../../support/memento.ts';

const server: Connection = {
  id: 's',
  name: 'S',
  kind: 'server',
  url: 'https://a.example/chatkit',
  userHeader: 'x-user',
};

describe('the user a connection acts as', () => {
  test('nobody at first; then the chosen one, in every window', async () => {
    const memento = new MementoDouble();
    const users = new ActingUsers(memento);
    assert.equal(users.current(server), null);
    await users.set(server, 'ada');
    assert.equal(new ActingUsers(memento).current(server), 'ada');
  });

  test('nobody again; those before are remembered, the newest first, at most ten', async () => {
    const users = new ActingUsers(new MementoDouble());
    for (let number = 0; number < 12; number += 1) await users.set(server, `u${number}`);
    await users.set(server, 'u5');
    await users.set(server, null);
    assert.equal(users.current(server), null);
    assert.deepEqual(users.recent(server).slice(0, 3), ['u5', 'u11', 'u10']);
    assert.equal(users.recent(server).length, 10);
  });

  test('belongs to the origin it was chosen for', async () => {
    const users = new ActingUsers(new MementoDouble());
    await users.set(server, 'ada');
    const elsewhere = { ...server, url: 'https://b.example/chatkit' };
    assert.deepEqual([users.current(elsewhere), users.recent(elsewhere)], [null, []]);
    assert.equal(users.current({ ...server, url: 'https://a.example/other' }), 'ada');
  });

  test('nobody where the connection has no header for it', async () => {
    const users = new ActingUsers(new MementoDouble());
    await users.set(server, 'ada');
    const { userHeader: _header, ...without } = server;
    assert.equal(users.current(without), null);
    assert.equal(users.current({ ...server, kind: 'openai' }), null);
  });

  test('is forgotten with its connection', async () => {
    const users = new ActingUsers(new MementoDouble());
    await users.set(server, 'ada');
    await users.forget('s');
    assert.deepEqual([users.current(server), users.recent(server)], [null, []]);
  });
});
