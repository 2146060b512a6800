import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import { render } from '../../../support/jinja/render.ts';
import type { TemplateResult } from '../../../support/jinja/python.ts';

const folder = fileURLToPath(new URL('../../../../../shared/dialects/', import.meta.url));
const skip = existsSync(folder) ? false : 'the shared files are not on this machine';

interface Construct {
  readonly name: string;
  readonly template: string;
  readonly data: unknown;
  readonly python?: string;
  readonly python_error?: string;
}

/** Numbers of the data keep their form: 1.0 is a float. */
function readConstructs(): readonly (Construct & { readonly json: string })[] {
  const text = readFileSync(`${folder}template-constructs/constructs.json`, 'utf8');
  return text
    .split('\n')
    .map((line) => line.replace(/,$/, ''))
    .filter((line) => line.startsWith('{'))
    .map((line) => {
      const construct = JSON.parse(line) as Construct;
      const [, json = '{}'] = /"data": (\{.*\}), "python(?:_error)?":/.exec(line) ?? [];
      return { ...construct, json };
    });
}

const shown = (result: TemplateResult): string =>
  'text' in result ? result.text : `${result.error}: ${result.message ?? ''}`;

/** The outputs of `python-says.txt`: a file name, then an indented line. */
function readOutputs(name: string): ReadonlyMap<string, string> {
  const lines = readFileSync(`${folder}${name}/python-says.txt`, 'utf8').split('\n');
  return new Map(lines.flatMap((line, at) => (line.endsWith('.widget') ? [[line, (lines[at + 1] ?? '').trim()]] : [])));
}

/** The data of a file, as its text has them. */
function stateOf(encoded: string): string {
  const document = Buffer.from(encoded, 'base64url').toString('utf8');
  return /"defaultState": (\{.*\}), "states"/.exec(document)?.[1] ?? '{}';
}

describe('shared templates', { skip }, () => {
  test('each construct has the text or error of Python, with its message', () => {
    const constructs = readConstructs();
    assert.ok(constructs.length >= 215);
    for (const { name, template, json, python, python_error: error } of constructs) {
      assert.equal(shown(render({ template, data: json })), python ?? error, name);
    }
  });

  for (const name of ['template-constructs', 'template-dictionary-method']) {
    test(`each file of ${name} has the output of Python`, () => {
      const outputs = readOutputs(name);
      const files = readdirSync(`${folder}${name}`).filter((file) => file.endsWith('.widget'));
      assert.deepEqual(files.toSorted(), [...outputs.keys()].toSorted());
      for (const file of files) {
        const { template, encodedWidget } = JSON.parse(readFileSync(`${folder}${name}/${file}`, 'utf8')) as {
          readonly template: string;
          readonly encodedWidget: string;
        };
        assert.equal(shown(render({ template, data: stateOf(encodedWidget) })), outputs.get(file), file);
      }
    });
  }
});
