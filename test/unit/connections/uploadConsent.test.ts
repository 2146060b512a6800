import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Connection } from '../../../src/chatkit/common/connection.ts';
import { UploadConsent } from '../../../src/connections/vscode/originRecords.ts';

const a: Connection = { id: 'a', name: 'A', kind: 'server', url: 'https://a.example/chatkit' };
const upload = { fileName: 'x.png', origin: 'https://store.example' };

function consent(...answers: readonly boolean[]) {
  const asked: string[] = [];
  const uploads = new UploadConsent(async ({ id }, { origin }) => {
    asked.push(`${id} ${origin}`);
    return answers[asked.length - 1] ?? true;
  });
  return { asked, uploads };
}

describe('upload consent', () => {
  test('asks once per connection and origin', async () => {
    const { asked, uploads } = consent();
    assert.equal(await uploads.confirm(a, upload), true);
    assert.equal(await uploads.confirm(a, { ...upload, fileName: 'y.png' }), true);
    assert.equal(asked.length, 1);
    await uploads.confirm(a, { ...upload, origin: 'https://other.example' });
    await uploads.confirm({ ...a, id: 'b' }, upload);
    await uploads.confirm({ ...a, url: 'https://moved.example/chatkit' }, upload);
    assert.deepEqual(asked, [
      'a https://store.example',
      'a https://other.example',
      'b https://store.example',
      'a https://store.example',
    ]);
  });

  test('concurrent uploads share one question', async () => {
    const { asked, uploads } = consent();
    assert.deepEqual(await Promise.all([uploads.confirm(a, upload), uploads.confirm(a, upload)]), [true, true]);
    assert.equal(asked.length, 1);
  });

  test('asks again after a refusal', async () => {
    const { asked, uploads } = consent(false, true);
    assert.equal(await uploads.confirm(a, upload), false);
    assert.equal(await uploads.confirm(a, upload), true);
    assert.equal(asked.length, 2);
  });
});
