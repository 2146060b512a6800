import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mask, redact } from '../../../src/base/common/redact.ts';

describe('redact', () => {
  const cases: [string, string][] = [
    ['Incorrect API key provided: sk-proj-abcdefghijklmnop.', 'Incorrect API key provided: sk-…mnop.'],
    ['key sk-sandbox-0123456789abcdef!', 'key sk-…cdef!'],
    ['already sk-proj-********wxyz', 'already sk-…wxyz'],
    ['secret ek_68f0abcdef0123456789', 'secret ek_…6789'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer …'],
    ['basic dXNlcjpwYXNz', 'basic …'],
    ['GET /v1/chatkit/threads?limit=50', 'GET /v1/chatkit/threads?limit=50'],
    ['a task-list and a disk-full error', 'a task-list and a disk-full error'],
  ];
  for (const [text, expected] of cases) test(text, () => assert.equal(redact(text), expected));
});

describe('mask', () => {
  const cases: [string, string][] = [
    ['sk-proj-abcdefghijklmnop', 'sk-…mnop'],
    ['a-long-secret-without-prefix', '…efix'],
    ['sk-short', '…'],
    ['', '…'],
  ];
  for (const [secret, expected] of cases) test(JSON.stringify(secret), () => assert.equal(mask(secret), expected));
});
