import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspectorWebviewState, inspectorRequests } from '../../../src/inspector/common/protocol.ts';

type Method = keyof typeof inspectorRequests;

const valid: { readonly [K in Method]: readonly unknown[] } = {
  ready: [{}, { threadId: 't' }],
  load: [{ threadId: 't', what: 'older', window: 0 }],
  stopLoading: [{ threadId: 't' }],
  refresh: [{ threadId: 't' }],
  follow: [{ threadId: 't', on: true }],
  json: [{ threadId: 't', itemId: 'i' }],
  image: [
    { threadId: 't', itemId: 'i', url: 'https://a.example/x.png' },
    { threadId: 't', itemId: 'i', url: null },
  ],
  copy: [{ threadId: 't', itemId: 'i', as: 'markdown' }],
  copyText: [{ text: '' }],
  openItem: [{ threadId: 't', itemId: 'i', as: 'json' }],
  openWidget: [{ threadId: 't', itemId: 'i', path: '/children/0' }],
  openLink: [{ url: 'https://a.example' }],
  openLocation: [
    { path: 'x.py', line: 3, column: null },
    { path: '/srv/x.ts', line: 3, column: 5 },
  ],
  runAction: [
    { threadId: 't', action: 'delete' },
    { threadId: 't', action: 'rename' },
    { threadId: 't', action: 'export' },
    { threadId: 't', action: 'compareWithSelected' },
  ],
  feedback: [{ threadId: 't', itemId: 'i', kind: 'positive' }],
  lastOutput: [{ threadId: 't', tool: 'get_location' }],
  messageHistory: [{ threadId: 't' }],
  transcribe: [{ threadId: 't', recording: null }],
  requests: [{ threadId: 't', scope: 'thread' }],
  requestBody: [{ threadId: 't', requestId: 1 }],
  copyRequest: [{ threadId: 't', requestId: 1 }],
  answerTool: [{ threadId: 't', itemId: 'i', json: '{"city":"Oslo"}' }],
  answerForm: [
    { threadId: 't', itemId: 'i', status: 'skipped', answers: {} },
    { threadId: 't', itemId: 'i', status: 'answered', answers: { a: { values: ['x'], skipped: false } } },
  ],
  widgetAction: [
    { threadId: 't', itemId: 'i', type: 'order.pay', payload: { a: [1, null, 'x'] }, streaming: true },
    { threadId: 't', itemId: 'i', type: 'order.pay', payload: null, streaming: false },
  ],
  resolveProblem: [{ threadId: 't', place: 'gap0' }],
  events: [{ threadId: 't', responseId: '1', from: 0 }],
  eventJson: [{ threadId: 't', responseId: '1', index: 3 }],
  saveResponse: [{ threadId: 't', responseId: '1' }],
  replay: [
    { threadId: 't', to: { do: 'step' } },
    { threadId: 't', to: { do: 'speed', speed: 0.25 } },
  ],
  sendMessage: [
    { threadId: 't', text: 'Hello', quote: null },
    { threadId: 't', text: '', quote: 'shipped on Monday' },
  ],
  stop: [{ threadId: 't' }],
  retry: [{ threadId: 't' }],
  resolveConversationError: [{ threadId: 't' }],
  retryFrom: [{ threadId: 't', itemId: 'i' }],
  forkFrom: [{ threadId: 't', itemId: 'i' }],
  compareWidget: [{ threadId: 't', itemId: 'i' }],
  sendAgain: [{ threadId: 't', on: true }],
  dismiss: [{ threadId: 't' }],
  draft: [{ threadId: 't', text: 'half a sen', quote: null }],
  attach: [{ threadId: 't' }],
  detach: [{ threadId: 't', key: 'k' }],
  options: [{ threadId: 't', model: 'gpt-5', tool: '' }],
  export: [{ do: 'choose', threadId: 't' }, { do: 'choose', threadId: '' }, { do: 'reopenAsText' }],
};

const invalid: { readonly [K in Method]?: readonly unknown[] } = {
  ready: [undefined, null, 'x', { extra: 1 }],
  load: [
    { threadId: 't', what: 'everything', window: 0 },
    { threadId: 't', what: 'older', window: -1 },
    { threadId: 't', what: 'older', window: 0.5 },
    { threadId: 't', what: 'older', window: '0' },
    { threadId: '', what: 'older', window: 0 },
    { threadId: 'x'.repeat(1025), what: 'older', window: 0 },
    { what: 'older', window: 0 },
  ],
  follow: [{ threadId: 't', on: 'yes' }],
  image: [
    { threadId: 't', itemId: 'i' },
    { threadId: 't', itemId: 'i', url: 'x'.repeat(9000) },
  ],
  copy: [{ threadId: 't', itemId: 'i', as: 'html' }],
  copyText: [{ text: 1 }],
  openLink: [{ url: ['https://a.example'] }, {}],
  runAction: [
    { threadId: 't', action: 'workbench.action.quit' },
    { threadId: 't', action: 'delete', extra: 1 },
  ],
  feedback: [
    { threadId: 't', itemId: 'i', kind: 'angry' },
    { threadId: 't', kind: 'positive' },
  ],
  answerTool: [
    { threadId: 't', itemId: 'i', json: { city: 'Oslo' } },
    { threadId: 't', itemId: 'i', json: 'x'.repeat(1_000_001) },
  ],
  answerForm: [
    { threadId: 't', itemId: 'i', status: 'done', answers: {} },
    { threadId: 't', itemId: 'i', status: 'answered', answers: { a: { values: 'x', skipped: false } } },
    { threadId: 't', itemId: 'i', status: 'answered', answers: { a: { values: ['x'], skipped: false, more: 1 } } },
  ],
  widgetAction: [
    { threadId: 't', itemId: 'i', type: 'x', payload: {}, streaming: 'no' },
    { threadId: 't', itemId: 'i', type: 'x', payload: {}, streaming: true, handler: 'server' },
  ],
  resolveProblem: [{ threadId: 't', place: 'x'.repeat(41) }],
  events: [
    { threadId: 't', responseId: '1', from: -1 },
    { threadId: 't', responseId: '', from: 0 },
  ],
  eventJson: [{ threadId: 't', responseId: '1', index: 1.5 }],
  saveResponse: [{ threadId: 't', responseId: '1', path: '/etc/passwd' }],
  replay: [
    { threadId: 't', to: { do: 'rewind' } },
    { threadId: 't', to: { do: 'speed', speed: 0 } },
    { threadId: 't', to: { do: 'speed' } },
  ],
  sendMessage: [
    { threadId: 't', text: 'Hello' },
    { threadId: 't', text: 7, quote: null },
    { threadId: 't', text: 'x'.repeat(1_000_001), quote: null },
  ],
  attach: [{ threadId: 't', path: '/etc/hosts' }],
  options: [{ threadId: 't', model: 'x'.repeat(301), tool: '' }],
  export: [{ do: 'delete' }, { do: 'choose' }, { do: 'reopenAsText', threadId: 't' }],
};

describe('requests of a page', () => {
  for (const [method, schema] of Object.entries(inspectorRequests)) {
    test(method, () => {
      for (const params of valid[method as Method]) assert.ok(schema.safeParse(params).success, JSON.stringify(params));
      for (const params of [...(invalid[method as Method] ?? []), undefined, 7, [], { __proto__: null, junk: 1 }]) {
        assert.equal(schema.safeParse(params).success, false, JSON.stringify(params));
      }
    });
  }
});

describe('the saved state of a page', () => {
  for (const [what, state, expected] of [
    ['ids', { connectionId: 'c', threadId: 't' }, { connectionId: 'c', threadId: 't' }],
    [
      'more than the host needs',
      { connectionId: 'c', threadId: 't', anchor: { itemId: 'i', offset: 3 }, find: 'x', preview: true, follow: true },
      { connectionId: 'c', threadId: 't', preview: true, follow: true },
    ],
    [
      'broken extras',
      { connectionId: 'c', threadId: 't', preview: 'yes', follow: 1 },
      { connectionId: 'c', threadId: 't' },
    ],
    ['nothing', undefined, null],
    ['another shape', { threadId: 't' }, null],
    ['a text', 'c/t', null],
    ['an empty id', { connectionId: '', threadId: 't' }, null],
  ] as const) {
    test(what, () => {
      const parsed = inspectorWebviewState.safeParse(state);
      // Undefined fields are not sent.
      assert.deepEqual(parsed.success ? JSON.parse(JSON.stringify(parsed.data)) : null, expected);
    });
  }
});
