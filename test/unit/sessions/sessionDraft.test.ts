import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type SessionDraft,
  bodyOf,
  newDraft,
  optionJson,
  sessionOptions,
} from '../../../src/sessions/common/sessionDraft.ts';
import { checkCreateSession } from '../../../src/chatkit/common/sessionSource.ts';

const base: SessionDraft = { ...newDraft('c', 'ada', 'wf_1'), more: true };
const quick = '{"user":"ada","workflow":{"id":"wf_1"}}';

describe('the body contains only selected options, in the order of the reference', () => {
  const cases: [name: string, draft: SessionDraft, body: string][] = [
    ['nothing', base, quick],
    ['options without “more”', { ...base, more: false, chosen: ['tracing'] }, quick],
    [
      'version',
      { ...base, chosen: ['version'], version: '3' },
      '{"user":"ada","workflow":{"id":"wf_1","version":"3"}}',
    ],
    [
      'variables of three types',
      {
        ...base,
        chosen: ['variables'],
        variables: [
          { name: 'plan', value: ' gold ' },
          { name: '__proto__', value: 1.5 },
          { name: '2', value: false },
        ],
      },
      '{"user":"ada","workflow":{"id":"wf_1","state_variables":{"2":false,"plan":" gold ","__proto__":1.5}}}',
    ],
    ['an empty list of variables', { ...base, chosen: ['variables'] }, quick],
    [
      'tracing',
      { ...base, chosen: ['tracing'] },
      '{"user":"ada","workflow":{"id":"wf_1","tracing":{"enabled":false}}}',
    ],
    [
      'expiry',
      { ...base, chosen: ['expiry'], expirySeconds: 5 },
      '{"user":"ada","workflow":{"id":"wf_1"},"expires_after":{"anchor":"created_at","seconds":5}}',
    ],
    [
      'rate limit',
      { ...base, chosen: ['rateLimit'], requestsPerMinute: 1 },
      '{"user":"ada","workflow":{"id":"wf_1"},"rate_limits":{"max_requests_per_1_minute":1}}',
    ],
    [
      'titling',
      { ...base, chosen: ['titling'], titling: true },
      '{"user":"ada","workflow":{"id":"wf_1"},"chatkit_configuration":{"automatic_thread_titling":{"enabled":true}}}',
    ],
    [
      'uploads on, without limits',
      { ...base, chosen: ['uploads'] },
      '{"user":"ada","workflow":{"id":"wf_1"},"chatkit_configuration":{"file_upload":{"enabled":true}}}',
    ],
    [
      'uploads off, without their limits',
      { ...base, chosen: ['uploads'], uploads: false, maxFileSize: 5, maxFiles: 2 },
      '{"user":"ada","workflow":{"id":"wf_1"},"chatkit_configuration":{"file_upload":{"enabled":false}}}',
    ],
    [
      'history with a number',
      { ...base, chosen: ['history'], history: true, recentThreads: 3 },
      '{"user":"ada","workflow":{"id":"wf_1"},"chatkit_configuration":{"history":{"enabled":true,"recent_threads":3}}}',
    ],
    [
      'everything',
      {
        ...base,
        chosen: sessionOptions.toReversed(),
        version: '7',
        variables: [{ name: 'a', value: 'b' }],
        maxFileSize: 512,
        maxFiles: 3,
        history: true,
        recentThreads: 1,
      },
      '{"user":"ada","workflow":{"id":"wf_1","version":"7","state_variables":{"a":"b"},"tracing":{"enabled":false}},"expires_after":{"anchor":"created_at","seconds":600},"rate_limits":{"max_requests_per_1_minute":10},"chatkit_configuration":{"automatic_thread_titling":{"enabled":false},"file_upload":{"enabled":true,"max_file_size":512,"max_files":3},"history":{"enabled":true,"recent_threads":1}}}',
    ],
  ];
  for (const [name, draft, body] of cases) {
    test(name, () => {
      assert.equal(JSON.stringify(bodyOf(draft)), body);
      assert.deepEqual(checkCreateSession(bodyOf(draft)), []);
    });
  }
});

test('every option shows what it adds to the body', () => {
  const draft: SessionDraft = {
    ...base,
    chosen: [...sessionOptions],
    version: '3',
    variables: [{ name: 'plan', value: 4.5 }],
    maxFiles: 2,
  };
  const body = JSON.stringify(bodyOf(draft));
  for (const option of sessionOptions) {
    const json = optionJson(draft, option);
    assert.ok(json.length > 2 && body.includes(`:${json}`), `${option}: ${json}`);
  }
  assert.equal(optionJson(draft, 'uploads'), '{"enabled":true,"max_files":2}');
  assert.equal(optionJson({ ...draft, variables: [] }, 'variables'), '');
});
