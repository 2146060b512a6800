import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileLocations } from '../../../src/base/common/fileLocations.ts';

const places = (text: string) =>
  fileLocations(text).map(({ path, line, column }) => `${path} ${line}${column === null ? '' : ` ${column}`}`);

describe('source locations in a text', () => {
  const cases: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
    [
      'a Python traceback',
      'Traceback (most recent call last):\n  File "/srv/app/server.py", line 41, in respond\n    run()\n  File "tools/x.py", line 3\nValueError: no',
      ['/srv/app/server.py 41', 'tools/x.py 3'],
    ],
    [
      'a Node stack',
      '    at run (/srv/app/src/x.ts:3:5)\n    at file:///srv/app/b.mjs:10:2',
      ['/srv/app/src/x.ts 3 5', '/srv/app/b.mjs 10 2'],
    ],
    [
      'a Windows path',
      String.raw`at C:\app\x.ts:3:5 and File "C:\app\y.py", line 2`,
      [String.raw`C:\app\x.ts 3 5`, String.raw`C:\app\y.py 2`],
    ],
    ['compilers', 'src/main.rs:12:7: error\nmain.go:8: undefined', ['src/main.rs 12 7', 'main.go 8']],
    ['a name with a space in quotes', 'File "my app/x.py", line 3', ['my app/x.py 3']],
    ['hosts, URLs, times and versions are no files', 'api.example.com:443 http://host.js:80/x 10:30:00 v1.2:3', []],
    ['code without a file', 'File "<string>", line 1, in <module>', []],
    ['an extension that is not of source code', 'archive.zip:3', []],
  ];
  for (const [name, text, found] of cases) test(name, () => assert.deepEqual(places(text), found));

  test('names the exact part of the text', () => {
    const text = 'at run (/srv/x.ts:3:5)';
    const [location] = fileLocations(text);
    assert.equal(text.slice(location?.start, location?.end), '/srv/x.ts:3:5');
  });

  test('limits the number of locations', () => assert.equal(fileLocations('a.ts:1 '.repeat(1000), 7).length, 7));

  test('hostile text is processed in linear time', { timeout: 10_000 }, () => {
    for (const part of ['a', '/', '.ts', '.ts:', 'File "', 'a.', '1:', '\\', '@'])
      assert.equal(fileLocations(part.repeat(200_000)).length, 0);
  });
});
