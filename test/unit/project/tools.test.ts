import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nodeVersions } from '../../../scripts/lib/install.mjs';
import { readSources, readText } from '../../support/sources.ts';

// Tools that the scripts install: the same files everywhere and always, and none of their code runs during the install.
describe('tools', () => {
  const scripts = readSources('scripts');

  test('npm installs without lifecycle scripts, also by hand', () => {
    assert.match(readText('.npmrc'), /^ignore-scripts=true$/m);
    const calls = scripts.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm\(\s*\[[^\]]*\]/g)].map(([call]) => `${path}: ${call}`),
    );
    assert.ok(calls.length >= 4, 'the calls were found');
    assert.deepEqual(
      calls.filter((call) => !/'--ignore-scripts'/.test(call)),
      [],
    );
  });

  test('versions are exact', () => {
    for (const version of Object.values(nodeVersions)) assert.match(version, /^\d+\.\d+\.\d+$/);
    const editors = scripts.flatMap(({ text }) => [...text.matchAll(/\b(?:codeServer|code): '([^']*)'/g)]);
    assert.equal(editors.length, 4, 'the versions were found');
    for (const [, version = ''] of editors) assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  test('the launch configuration and the contributing guide name the Node that is installed', () => {
    for (const path of ['.vscode/launch.json', 'CONTRIBUTING.md']) {
      const named = [...readText(path).matchAll(/\.vscode-test\/node\/([\w.]+)\/bin/g)].map(([, version]) => version);
      assert.deepEqual([...new Set(named)], [nodeVersions[24]], path);
    }
  });
});
