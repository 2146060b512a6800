import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type RuleName, ruleIds } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { classifyReply, expectedReplies } from '../../../../src/chatkit/common/responses/classifyReply.ts';

const thread = {
  id: 'thr_1',
  created_at: '2026-01-02T03:04:05Z',
  status: { type: 'active' },
  metadata: {},
  items: { data: [], has_more: false },
  title: 'New',
};
const page = { data: [thread], has_more: false };
const attachment = { id: 'atc_1', name: 'a', mime_type: 'text/plain', type: 'file' };

const failures: readonly [command: string, body: unknown, message: string | null, rule: RuleName, code?: string][] = [
  [
    'threads.delete',
    { data: null, error: 'unsupported_request_type:threads.delete' },
    'unsupported_request_type:threads.delete',
    'successWithError',
  ],
  [
    'items.feedback',
    { error: { message: 'No such item', code: 'item.not_found' } },
    'No such item',
    'successWithError',
    'item.not_found',
  ],
  ['threads.list', { data: [], has_more: false, error: 'db down' }, 'db down', 'successWithError'],
  ['threads.update', { success: false, message: 'locked' }, 'locked', 'successWithError'],
  ['threads.update', { error: true, message: 'locked' }, 'locked', 'successWithError'],
  ['threads.delete', { status: 'error', detail: 'no' }, 'no', 'successWithError'],
  ['threads.delete', { data: null }, null, 'dataNull'],
  ['threads.delete', { id: 'thr_1', object: 'chatkit.thread.deleted', deleted: false }, null, 'deleteNotConfirmed'],
  ['threads.delete', page, null, 'otherCommandShape'],
  ['items.feedback', thread, null, 'otherCommandShape'],
  ['items.feedback', { detail: [{ loc: ['body', 'kind'], msg: 'bad' }] }, 'body.kind: bad', 'successWithError'],
  ['items.feedback', { exception: 'java.lang.X', path: '/x' }, 'java.lang.X', 'successWithError'],
  ['items.feedback', { result: 'error', reason: 'full' }, 'full', 'successWithError'],
  ['items.feedback', { message: 'Item not found' }, 'Item not found', 'successWithError'],
  ['items.feedback', { Success: false, Message: 'Full' }, 'Full', 'successWithError'],
  ['items.feedback', { isSuccess: false, errorMessages: ['Full'] }, 'Full', 'successWithError'],
  ['items.feedback', { succeeded: false }, null, 'successWithError'],
  ['items.feedback', { errcode: 40001, errmsg: 'Expired' }, 'Expired', 'successWithError'],
  ['items.feedback', { code: 1, msg: 'Expired' }, 'Expired', 'successWithError', '1'],
  ['items.feedback', { status: '404', message: 'None' }, 'None', 'successWithError'],
  ['threads.list', { Data: null, Error: 'Full' }, 'Full', 'successWithError'],
  ['threads.list', { statusCode: 500, body: '{"message":"Full"}' }, 'Full', 'successWithError'],
  ['threads.update', 'Error: no rights', 'Error: no rights', 'successWithError'],
  ['threads.get_by_id', { _id: 'thr_1', name: 'x' }, null, 'otherCommandShape'],
  ['threads.get_by_id', { thread_id: 'thr_1', title: 'A title', created_at: '2026-01-02' }, null, 'otherCommandShape'],
  ['threads.update', page, null, 'otherCommandShape'],
  ['threads.get_by_id', page, null, 'otherCommandShape'],
  ['threads.get_by_id', {}, null, 'otherCommandShape'],
  ['threads.list', thread, null, 'otherCommandShape'],
  ['attachments.create', thread, null, 'otherCommandShape'],
  ['threads.delete', false, null, 'successWithError'],
  ['threads.delete', { ok: 0 }, null, 'successWithError'],
  ['threads.delete', { deletedCount: 0, acknowledged: true }, null, 'deleteNotConfirmed'],
  ['threads.delete', { result: { success: false, reason: 'in use' } }, 'in use', 'successWithError'],
  ['threads.delete', 'error: not found', 'error: not found', 'successWithError'],
  ['items.feedback', { detail: 'Not authenticated' }, 'Not authenticated', 'successWithError'],
  [
    'items.feedback',
    { statusCode: 500, message: 'Internal server error' },
    'Internal server error',
    'successWithError',
  ],
  ['threads.list', { code: 401, msg: 'token expired' }, 'token expired', 'successWithError', '401'],
  ['threads.list', { message: 'Unauthenticated.' }, 'Unauthenticated.', 'otherCommandShape'],
  ['threads.get_by_id', { message: 'Unauthenticated.' }, 'Unauthenticated.', 'otherCommandShape'],
];

const successes: readonly [command: string, body: unknown, confirmed: boolean, ...rules: RuleName[]][] = [
  ['threads.list', page, true],
  ['threads.list', { ...page, error: null }, true],
  ['threads.list', [thread], true],
  ['threads.list', { items: [], has_more: false }, true],
  ['threads.list', { data: page, error: null }, true, 'wrappedResponse'],
  ['threads.list', { status: 'success', result: { data: page } }, true, 'wrappedResponse'],
  ['threads.list', { data: { threads: [thread], has_more: false } }, true, 'wrappedResponse'],
  ['threads.list', { threads: [thread], has_more: false }, true],
  ['threads.list', { Data: [thread], HasMore: false }, true],
  ['threads.list', JSON.stringify(page), true, 'doubleEncodedJson'],
  ['threads.get_by_id', { thread }, true, 'wrappedResponse'],
  ['threads.update', { Id: 'thr_1', Title: 'New', CreatedAt: thread.created_at }, true],
  ['threads.delete', { message: 'Thread not found' }, false, 'nonEmptyReply'],
  ['threads.delete', { status: 'accepted' }, false, 'nonEmptyReply'],
  ['threads.delete', { affected: 0 }, false, 'nonEmptyReply'],
  ['threads.delete', 0, false, 'nonEmptyReply'],
  ['threads.delete', thread, false, 'otherCommandShape'],
  ['threads.delete', { message: 'Thread deleted successfully' }, true, 'nonEmptyReply'],
  ['items.feedback', { message: 'Feedback recorded' }, true, 'nonEmptyReply'],
  ['threads.get_by_id', { metadata: thread, items: page }, true, 'wrappedResponse'],
  ['threads.get_by_id', [thread], true, 'wrappedResponse'],
  ['items.list', { ...thread, items: { data: [{ id: 'i' }], has_more: false } }, true, 'wrappedResponse'],
  ['threads.delete', { id: 'thr_1', deleted: true }, true, 'nonEmptyReply'],
  ['threads.delete', 'OK', true, 'nonEmptyReply'],
  ['threads.get_by_id', thread, true],
  ['threads.get_by_id', { result: thread }, true, 'wrappedResponse'],
  ['threads.update', thread, true],
  ['threads.update', { ...thread, title: 'Old' }, false, 'renameIgnored'],
  ['threads.update', {}, false, 'renameReply'],
  ['threads.delete', {}, true],
  ['threads.delete', null, false, 'nonEmptyReply'],
  ['threads.delete', [], false, 'nonEmptyReply'],
  ['items.feedback', [], true, 'nonEmptyReply'],
  ['threads.get_by_id', { _id: { $oid: '65f0' }, title: 'x', createdAt: '2026-01-02T03:04:05Z' }, true],
  ['threads.delete', undefined, false, 'emptyResponse'],
  ['threads.delete', { ok: 1, n: 0 }, false, 'nonEmptyReply'],
  ['threads.delete', { success: true }, true, 'nonEmptyReply'],
  ['threads.delete', { id: 'thr_1', deleted: true }, true, 'nonEmptyReply'],
  ['threads.delete', { data: {}, error: null }, true, 'wrappedResponse'],
  ['items.feedback', { errors: [] }, true, 'nonEmptyReply'],
  ['attachments.create', attachment, true],
  ['input.transcribe', { text: '' }, true],
  ['threads.sync_custom_action', {}, true],
  ['threads.sync_custom_action', { updated_item: null }, true],
  ['threads.unheard_of', { anything: 1 }, true],
];

describe('classifyReply', () => {
  for (const [command, body, message, rule, code = null] of failures) {
    test(`${command} failed: ${JSON.stringify(body)}`, () => {
      assert.deepEqual(classifyReply(command, body), { ok: false, message, code, deviations: [ruleIds[rule]] });
    });
  }

  for (const [command, body, confirmed, ...rules] of successes) {
    test(`${command} succeeded: ${JSON.stringify(body)}`, () => {
      const reply = classifyReply(command, body, { title: 'New' });
      assert.ok(reply.ok);
      assert.deepEqual([reply.confirmed, reply.deviations], [confirmed, rules.map((name) => ruleIds[name])]);
    });
  }

  test('takes the reply out of its wrapper', () => {
    const reply = classifyReply('threads.get_by_id', { data: thread });
    assert.ok(reply.ok);
    assert.deepEqual(reply.body, thread);
  });

  test('never throws, and names a rule for each failure', () => {
    const command = fc.constantFrom(...Object.keys(expectedReplies), 'other');
    fc.assert(
      fc.property(command, fc.jsonValue(), (type, body) => {
        const reply = classifyReply(type, body);
        assert.ok(reply.ok || reply.deviations.length > 0);
      }),
    );
  });

  test('a non-null error is never a success', () => {
    const command = fc.constantFrom(...Object.keys(expectedReplies));
    const error = fc.oneof(fc.string({ minLength: 1 }), fc.record({ message: fc.string() }), fc.integer());
    fc.assert(
      fc.property(command, fc.constantFrom({}, page, thread, attachment), error, (type, body, value) => {
        assert.equal(classifyReply(type, { ...body, error: value }).ok, false);
      }),
    );
  });
});
