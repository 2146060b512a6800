// A sandbox for the installed command line.
import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../src/sandbox/node/sandbox.ts';
import { runCli, type CliResult } from '../support/installedCli.ts';

export interface Stage {
  readonly sandbox: Sandbox;
  /** Runs a command against the self-hosted API of the sandbox. */
  readonly server: (...args: readonly string[]) => Promise<CliResult>;
  /** Runs a command against the hosted API of the sandbox. */
  readonly hosted: (...args: readonly string[]) => Promise<CliResult>;
  readonly fault: (fault: object) => Promise<void>;
  readonly control: (path: string, body: object) => Promise<unknown>;
}

export function serverFlags({ serverUrl }: Pick<Sandbox, 'serverUrl'>): readonly string[] {
  return ['--url', serverUrl, '--header', 'Authorization: Bearer env:CHATKIT_KEY', '--retries', '0'];
}

export async function withStage(use: (stage: Stage) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ seed: 7, pace: 0 });
  const env = { CHATKIT_KEY: sandbox.apiKey };
  const control = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(new URL(path, sandbox.baseUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, await response.clone().text());
    return response.json();
  };
  const openai = ['--url', sandbox.baseUrl, '--kind', 'openai', '--header', 'Authorization: env:CHATKIT_KEY'];
  try {
    await use({
      sandbox,
      server: (...args) => runCli([...args, ...serverFlags(sandbox)], { env }),
      hosted: (...args) => runCli([...args, ...openai, '--retries', '0'], { env }),
      fault: async (fault) => void (await control('/sandbox/faults', fault)),
      control,
    });
  } finally {
    await sandbox.close();
  }
}

/** The one JSON document of a command that succeeded. */
export function jsonOf<T>({ code, stdout, stderr }: CliResult): T {
  assert.equal(stderr, '');
  assert.equal(code, 0, stdout);
  return JSON.parse(stdout) as T;
}

export function linesOf(text: string): readonly Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The one JSON object on standard error. */
export function errorOf({ stderr }: CliResult): {
  readonly kind: string;
  readonly message: string;
  readonly nextStep: string;
} {
  const { error } = JSON.parse(stderr) as { readonly error: Record<'kind' | 'message' | 'nextStep', string> };
  for (const part of [error.kind, error.message, error.nextStep]) assert.ok(part.length > 0, stderr);
  return error;
}
