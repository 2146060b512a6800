import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Connection } from '../../../src/chatkit/common/connection.ts';
import { ActingUsers, InferredZones } from '../../../src/connections/vscode/originRecords.ts';
import { MementoDouble } from '../../support/memento.ts';

const server: Connection = {
  id: 's',
  name: 'S',
  kind: 'server',
  url: 'https://a.example/chatkit',
  userHeader: 'x-user',
};

describe('the acting user of a connection', () => {
  test('is null by default, then the selected user, in every window', async () => {
    const memento = new MementoDouble();
    const users = new ActingUsers(memento);
    assert.equal(users.current(server), null);
    await users.set(server, 'ada');
    assert.equal(new ActingUsers(memento).current(server), 'ada');
  });

  test('saves the ten most recent users, newest first, and accepts no user', async () => {
    const users = new ActingUsers(new MementoDouble());
    for (let number = 0; number < 12; number += 1) await users.set(server, `u${number}`);
    await users.set(server, 'u5');
    await users.set(server, null);
    assert.equal(users.current(server), null);
    assert.deepEqual(users.recent(server).slice(0, 3), ['u5', 'u11', 'u10']);
    assert.equal(users.recent(server).length, 10);
  });

  test('applies only to the origin it was selected for', async () => {
    const users = new ActingUsers(new MementoDouble());
    await users.set(server, 'ada');
    const elsewhere = { ...server, url: 'https://b.example/chatkit' };
    assert.deepEqual([users.current(elsewhere), users.recent(elsewhere)], [null, []]);
    assert.equal(users.current({ ...server, url: 'https://a.example/other' }), 'ada');
  });

  test('is null when the connection has no user header', async () => {
    const users = new ActingUsers(new MementoDouble());
    await users.set(server, 'ada');
    const { userHeader: _header, ...without } = server;
    assert.equal(users.current(without), null);
    assert.equal(users.current({ ...server, kind: 'openai' }), null);
  });

  test('is removed with its connection', async () => {
    const users = new ActingUsers(new MementoDouble());
    await users.set(server, 'ada');
    await users.forget('s');
    assert.deepEqual([users.current(server), users.recent(server)], [null, []]);
  });
});

describe('the inferred time zone of a connection', () => {
  test('is saved, and applies only to the origin that showed it', async () => {
    const memento = new MementoDouble();
    await new InferredZones(memento).set(server, 540);
    const zones = new InferredZones(memento);
    assert.equal(zones.minutes(server), 540);
    assert.equal(zones.minutes({ ...server, url: 'https://b.example/chatkit' }), null);
    assert.equal(zones.minutes({ ...server, id: 'other' }), null);
  });

  test('is removed with its connection', async () => {
    const zones = new InferredZones(new MementoDouble());
    await zones.set(server, -210);
    await zones.forget('s');
    assert.equal(zones.minutes(server), null);
  });

  for (const saved of [undefined, 'x', [], { s: 5 }, { s: { origin: 'https://a.example', minutes: '5' } }]) {
    test(`is unknown where the saved value is ${JSON.stringify(saved)}`, async () => {
      const memento = new MementoDouble();
      await memento.update('connections.inferredZones', saved);
      assert.equal(new InferredZones(memento).minutes(server), null);
    });
  }
});
