import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { JsonObject } from '../../../src/base/common/json.ts';
import { snippet, snippetLanguages } from '../../../src/sessions/common/snippet.ts';
import { jsonLiteral, shellLiteral, typescriptLiteral } from '../../../src/base/common/codeLiterals.ts';
import { templateOf, type Template } from '../../../src/sessions/common/template.ts';
import { requests, withSandbox } from '../sandbox/start.ts';

const run = promisify(execFile);

/** Ordinary and hostile values of state variables. */
const hostile: Record<string, string> = {
  quotes: `'single' "double" \`back\``,
  injection: `'; rm -rf ~; echo '$(whoami) \`id\` \${HOME} $HOME !!`,
  backslashes: 'C:\\temp\\new\\',
  lines: 'one\ntwo\r\nthree\ttab',
  separators: 'a\u2028b\u2029c',
  control: '\u0000\u0007\u001b[31m\u007f\u0085',
  bidi: 'user\u202e\u2066 // admin',
  astral: '😀 𝒳 日本語',
  lone: '\ud83d',
  markup: '</script><!-- ]]> */ """ #',
  placeholder: '${env:HOME} ${input:x} $${env:Y}',
  empty: '',
};
const hostileBody = {
  user: `o'brien "$(id)"`,
  workflow: {
    id: 'wf_1',
    version: '3',
    state_variables: {
      ...hostile,
      ['__proto__']: 'a name like any other',
      constructor: 1e21,
      [`a 'b' "c" $d \\e`]: -0.5,
      yes: true,
    },
    tracing: { enabled: false },
  },
  expires_after: { anchor: 'created_at', seconds: 60 },
  rate_limits: {},
} as const;

describe('literals', () => {
  for (const [name, text] of Object.entries(hostile)) {
    test(`TypeScript evaluates the literal: ${name}`, () => {
      assert.equal(new Function(`return ${typescriptLiteral(text)}`)(), text);
    });
    test(`the literal contains no invisible character: ${name}`, () => {
      assert.doesNotMatch(typescriptLiteral(text) + jsonLiteral(text), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    });
  }
  const withoutNul = Object.entries(hostile).filter(([name]) => name !== 'control' && name !== 'lone');
  for (const [name, text] of withoutNul) {
    test(`a shell evaluates the literal: ${name}`, async () => {
      const { stdout } = await run('/bin/sh', ['-c', `printf %s ${shellLiteral(text)}`]);
      assert.equal(stdout, text);
    });
  }
});

test('Python code sends the same body with every hostile text', async (t) => {
  const python = await run('python3', ['--version']).catch(() => undefined);
  if (python === undefined) return t.skip('no python3 on this machine');
  const code = snippet('python', templateOf(hostileBody), { baseUrl: 'https://api.openai.com/v1' });
  // A module named openai that prints the body instead of sending it.
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-python-'));
  try {
    await writeFile(
      join(folder, 'openai.py'),
      [
        'import json',
        'class Any:',
        '    def __getattr__(self, name): return self',
        '    def create(self, **body):',
        '        print(json.dumps(body))',
        '        return self',
        'def OpenAI(**options): return Any()',
      ].join('\n'),
    );
    await writeFile(join(folder, 'main.py'), `${code}\ncreate_chatkit_session()\n`);
    const { stdout } = await run('python3', [join(folder, 'main.py')], { env: { ...process.env, PYTHONUTF8: '1' } });
    assert.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(hostileBody)));
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('against the sandbox', () => {
  for (const language of ['typescript', 'fetch'] as const) {
    test(`${language} creates the same session`, async () => {
      await withSandbox({ empty: true }, async (sandbox) => {
        const target = { baseUrl: sandbox.baseUrl, organization: 'org-1', project: 'proj_1' };
        const code = snippet(language, templateOf(hostileBody), target);
        assert.ok(!code.includes(sandbox.apiKey));
        const secret = await runTypescript(code, { OPENAI_API_KEY: sandbox.apiKey });
        assert.match(secret, /^ek_/);
        const [created] = (await requests(sandbox)).filter(({ url }) => url === '/v1/chatkit/sessions');
        assert.equal(created?.status, 200);
        assert.equal(created.body, JSON.stringify(hostileBody));
        assert.equal(created.headers['openai-organization'], 'org-1');
        assert.equal(created.headers['openai-project'], 'proj_1');
        assert.equal(created.headers['openai-beta'], 'chatkit_beta=v1');
      });
    });

    test(`${language} reads the variables of a template from the environment`, async () => {
      await withSandbox({ empty: true }, async (sandbox) => {
        const code = snippet(language, template, { baseUrl: sandbox.baseUrl });
        await runTypescript(code, { OPENAI_API_KEY: sandbox.apiKey, STAGE: `it's`, SECONDS: '60', TRACE: 'true' });
        const [created] = (await requests(sandbox)).filter(({ url }) => url === '/v1/chatkit/sessions');
        assert.deepEqual(JSON.parse(created?.body ?? ''), filled);
      });
    });
  }

  test('curl creates the same session', async (t) => {
    const curl = await run('curl', ['--version']).catch(() => undefined);
    if (curl === undefined) return t.skip('no curl on this machine');
    await withSandbox({ empty: true }, async (sandbox) => {
      const code = snippet('curl', templateOf(hostileBody), { baseUrl: sandbox.baseUrl, project: `it's` });
      const env = { ...process.env, OPENAI_API_KEY: sandbox.apiKey, NO_PROXY: '127.0.0.1' };
      const { stdout } = await run('/bin/sh', ['-c', code], { env });
      assert.equal((JSON.parse(stdout) as { user: string }).user, hostileBody.user);
      const [created] = await requests(sandbox);
      assert.deepEqual(JSON.parse(created?.body ?? ''), JSON.parse(JSON.stringify(hostileBody)));
      assert.equal(created?.headers['openai-project'], `it's`);
    });
  });
});

const template: Template = {
  user: 'u',
  workflow: { id: 'wf_${env:STAGE}', tracing: { enabled: '${env:TRACE}' } },
  expires_after: { anchor: 'created_at', seconds: '${env:SECONDS}' },
};
const filled: JsonObject = {
  user: 'u',
  workflow: { id: `wf_it's`, tracing: { enabled: true } },
  expires_after: { anchor: 'created_at', seconds: 60 },
};

describe('lists only the placeholders to fill in', () => {
  const withInput: Template = { user: '${input:user}', workflow: { id: '${env:WORKFLOW}' } };
  for (const language of snippetLanguages) {
    test(language, () => {
      const [first] = snippet(language, withInput, { baseUrl: 'https://x/v1' }).split('\n');
      const expected = language === 'curl' ? '${input:user}, ${env:WORKFLOW}' : '${input:user}';
      assert.equal(first?.replace(/^(#|\/\/) /, ''), `Fill in: ${expected}`);
      assert.doesNotMatch(
        snippet(language, template, { baseUrl: 'https://x/v1' }),
        language === 'curl' ? /^$/ : /Fill in/,
      );
    });
  }
});

test('omits the default URL of the OpenAI API', () => {
  const code = snippet('typescript', { user: 'u', workflow: { id: 'w' } }, { baseUrl: 'https://api.openai.com/v1' });
  assert.match(code, /new OpenAI\(\);/);
});

/** Runs the code as a separate module that can import the packages of this repository. */
async function runTypescript(code: string, env: Record<string, string>): Promise<string> {
  const parent = new URL('../../../.vscode-test/', import.meta.url);
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(new URL('snippet-', parent).pathname);
  try {
    const file = join(folder, 'session.mts');
    await writeFile(file, code);
    const main = `import { createChatKitSession } from ${JSON.stringify(pathToFileURL(file).href)}; process.stdout.write(await createChatKitSession());`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', main], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
    });
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}
