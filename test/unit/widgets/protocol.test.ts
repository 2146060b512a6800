import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { previewWebviewState, previewRequests } from '../../../src/widgets/common/protocol.ts';

type Method = keyof typeof previewRequests;

const valid: { readonly [K in Method]: readonly unknown[] } = {
  ready: [{}],
  setData: [{ text: '{}' }],
  useData: [{ from: 'own' }, { from: 'schema' }],
  select: [{ widget: 0 }],
  goTo: [{ serial: 3, problem: 0 }],
  runAgain: [{}],
  openText: [{}],
  copyText: [{ text: '' }],
  image: [{ url: 'https://a.example/x.png' }],
  openLink: [{ url: 'https://a.example' }],
};

const invalid: { readonly [K in Method]?: readonly unknown[] } = {
  setData: [{ text: 1 }, { text: 'x'.repeat(1_000_001) }],
  useData: [{ from: 'disk' }],
  select: [{ widget: -1 }, { widget: 0.5 }, { widget: '0' }],
  goTo: [{ serial: 1 }, { serial: 1, problem: -1 }],
  image: [{ url: 'x'.repeat(9_000) }],
};

describe('requests of the preview webview', () => {
  for (const [method, schema] of Object.entries(previewRequests)) {
    test(method, () => {
      for (const params of valid[method as Method]) assert.ok(schema.safeParse(params).success, JSON.stringify(params));
      for (const params of [...(invalid[method as Method] ?? []), undefined, 7, [], { __proto__: null, junk: 1 }]) {
        assert.equal(schema.safeParse(params).success, false, JSON.stringify(params));
      }
    });
  }
});

test('the saved state has the URI of the document or is invalid', () => {
  assert.deepEqual(previewWebviewState.safeParse({ uri: 'file:///a.json', width: 'sm', tab: 7 }).data, {
    uri: 'file:///a.json',
  });
  for (const state of [undefined, null, 'file:///a.json', {}, { uri: '' }, { uri: 5 }]) {
    assert.equal(previewWebviewState.safeParse(state).success, false);
  }
});
