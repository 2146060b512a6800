import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type SessionRecord,
  hasEnded,
  newRecord,
  parseRecord,
  refOf,
  sessionKey,
  statusOf,
  withSession,
} from '../../../src/sessions/common/record.ts';
import { timeLeft, untilNextStep } from '../../../src/sessions/common/timeLeft.ts';
import { sessionDetail } from '../../../src/sessions/common/detail.ts';
import type { Session } from '../../../src/chatkit/common/sessionSource.ts';
import type { Template } from '../../../src/sessions/common/template.ts';

describe('displayed time left', () => {
  const cases: [ms: number, shown: string, next: number][] = [
    [600_000, '10 minutes', 60_000],
    [599_999, '10 minutes', 59_999],
    [540_000, '9 minutes', 60_000],
    [60_001, '2 minutes', 1],
    [60_000, '60 seconds', 10_000],
    [59_999, '60 seconds', 9_999],
    [50_000, '50 seconds', 10_000],
    [10_000, '10 seconds', 10_000],
    [1, '10 seconds', 1],
    [0, '0 seconds', 0],
    [-5_000, '0 seconds', 0],
  ];
  for (const [ms, shown, next] of cases) {
    test(`${ms} ms`, () => {
      const { unit, value } = timeLeft(ms);
      assert.equal(`${value} ${unit}`, shown);
      assert.equal(untilNextStep(ms), next);
    });
  }

  test('changes 15 times in ten minutes', () => {
    let left = 600_000;
    let steps = 0;
    while (left > 0) {
      const before = timeLeft(left);
      left -= untilNextStep(left);
      steps++;
      assert.notDeepEqual(timeLeft(left), before);
    }
    assert.equal(steps, 15);
  });
});

const createdAt = 1_735_689_000_000;
const expiresAt = createdAt + 600_000;
const template: Template = {
  user: '${input:user}',
  workflow: {
    id: 'wf_1',
    state_variables: { plan: 'gold', token: 'Bearer ${env:TOKEN}', count: 3, open: '$${env:HOME}' },
  },
  chatkit_configuration: { file_upload: { enabled: true, max_file_size: 5 } },
};
const session = (status = 'active', variables: Record<string, string | number> = {}): Session => ({
  id: 'cksess_1',
  status,
  expiresAt,
  user: 'ada',
  workflowId: 'wf_1',
  workflowVersion: null,
  maxRequestsPerMinute: 10,
  raw: {
    id: 'cksess_1',
    user: 'ada',
    workflow: {
      id: 'wf_1',
      version: null,
      state_variables: { plan: 'gold', token: 'Bearer canary', count: 3, open: '${env:HOME}', ...variables },
      tracing: { enabled: true },
    },
    rate_limits: { max_requests_per_1_minute: 10 },
    chatkit_configuration: {
      automatic_thread_titling: { enabled: true },
      file_upload: { enabled: true, max_file_size: 5, max_files: 10 },
      history: { enabled: true, recent_threads: null },
    },
    new_field: { of: 'the server' },
  },
});
const record = (status?: string): SessionRecord =>
  newRecord({ id: 'prod', name: 'Production' }, template, session(status), createdAt);

test('the key of a session is unique for connection and ID', () => {
  const refs = [
    ['a', 's'],
    ['b', 's'],
    ['a', 's s'],
    ['a/s', 's'],
    ['a', '/s s'],
    ['a', 'b s'],
    ['', 's'],
  ];
  const keys = refs.map(([connectionId = '', sessionId = '']) => sessionKey({ connectionId, sessionId }));
  assert.equal(new Set(keys).size, refs.length);
  assert.deepEqual(refOf(record()), { connectionId: 'prod', sessionId: 'cksess_1' });
});

test('a saved record can be read again', () => {
  assert.deepEqual(parseRecord(JSON.stringify(record())), record());
});

test('contains no values that were read or entered, except those that identify the session', () => {
  const text = JSON.stringify(record());
  assert.doesNotMatch(text, /canary/);
  assert.match(text, /"token":"Bearer \$\{env:TOKEN\}"/);
  assert.match(text, /"user":"ada"/);
  assert.match(text, /"plan":"gold"/);
  assert.doesNotMatch(JSON.stringify(withSession(record(), session('cancelled'))), /canary/);
});

describe('invalid records', () => {
  const whole = record();
  const cases: [name: string, text: string][] = [
    ['an empty file', ''],
    ['a truncated file', JSON.stringify(whole).slice(0, 100)],
    ['another format', JSON.stringify({ ...whole, format: 'chatkit-inspector/thread' })],
    ['a newer version', JSON.stringify({ ...whole, version: 2 })],
    ['no session', JSON.stringify({ ...whole, session: undefined })],
    ['an empty id', JSON.stringify({ ...whole, id: '' })],
    ['a list', '[]'],
  ];
  for (const [name, text] of cases) test(name, () => assert.equal(parseRecord(text), undefined));
});

describe('status', () => {
  const cases: [name: string, record: SessionRecord, now: number, status: string][] = [
    ['before its expiry time', record(), expiresAt - 1, 'active'],
    ['at its expiry time', record(), expiresAt, 'expired'],
    ['cancelled, after its expiry time', record('cancelled'), expiresAt + 1, 'cancelled'],
    ['expired according to the server', record('expired'), createdAt, 'expired'],
    ['an unknown status', record('paused'), createdAt, 'other'],
    ['not found on the server', { ...record(), goneAt: createdAt }, createdAt, 'gone'],
  ];
  for (const [name, of, now, status] of cases) test(name, () => assert.equal(statusOf(of, now), status));
});

describe('a session has ended', () => {
  const cases: [name: string, record: SessionRecord, now: number, ended: boolean][] = [
    ['active', record(), expiresAt - 1, false],
    ['at its expiry time', record(), expiresAt, true],
    ['cancelled', record('cancelled'), createdAt, true],
    ['gone', { ...record(), goneAt: createdAt }, createdAt, true],
    ['an unknown status before the expiry time', record('paused'), expiresAt - 1, false],
    ['an unknown status at the expiry time', record('paused'), expiresAt, true],
  ];
  for (const [name, of, now, ended] of cases) test(name, () => assert.equal(hasEnded(of, now), ended));
});

describe('session details', () => {
  const time = (ms: number) => `@${(ms - createdAt) / 1000}`;
  const detail = (of: SessionRecord, now = createdAt) => sessionDetail(of, now, time);
  const row = (text: string, label: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`| ${label} `))
      ?.split('|')
      .slice(2, 4)
      .map((cell) => cell.trim());

  const cases: [label: string, requested: string, effective: string][] = [
    ['Version', '–', 'latest deployed (default)'],
    ['Tracing', '–', 'on (default)'],
    ['Requests per minute', '–', '10 (default)'],
    ['Uploads', 'on', 'on'],
    ['Largest file', '5 MB', '5 MB'],
    ['Number of files', '–', '10 (default)'],
    ['Recent threads', '–', 'all (default)'],
    ['Lifetime', '–', 'about 600 s (default)'],
    ['State variable count', '3', '3'],
    ['State variable open', '"${env:HOME}"', '"${env:HOME}"'],
  ];
  for (const [label, requested, effective] of cases) {
    test(label, () => assert.deepEqual(row(detail(record()), label), [requested, effective]));
  }

  test('user and workflow show the requested value when it differs', () => {
    assert.match(detail(record()), /^- User: ada \(requested: \$\{input:user\}\)$/m);
    assert.match(detail(record()), /^- Workflow: wf_1$/m);
  });

  test('settings that the server does not report are marked', () => {
    const bare = { ...record(), session: { ...session(), raw: { id: 'cksess_1' } } };
    assert.deepEqual(row(detail(bare), 'Uploads'), ['on', 'not reported']);
  });

  test('unknown fields appear in the response', () => assert.match(detail(record()), /"new_field"/));

  test('escapes user text in tables and fences', () => {
    const hostile = 'a | b\n# c ```` [x](y) <b>';
    const written: Template = { user: hostile, workflow: { id: 'w', state_variables: { [hostile]: hostile } } };
    const text = detail(newRecord({ id: 'p', name: hostile }, written, { ...session(), user: hostile }, createdAt));
    const lines = text.split('\n');
    assert.equal(lines.filter((line) => line.startsWith('# ')).length, 1);
    assert.equal(lines.filter((line) => line === '`````').length, 1);
    for (const line of lines.filter((line) => line.startsWith('| '))) {
      assert.equal(line.match(/(?<!\\)\|/g)?.length, 4, line);
    }
  });

  test('explains the status gone', () => {
    assert.match(detail({ ...record(), goneAt: createdAt + 5000 }), /Status: gone: .*@5/);
  });
});
