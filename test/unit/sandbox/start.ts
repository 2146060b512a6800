import OpenAI6 from 'openai6';
import OpenAI from 'openai';
import type { RecordedRequest } from '../../../src/sandbox/node/control/requestLog.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/node/sandbox.ts';

/** Runs `use` against a sandbox of its own and closes it, whatever happens. */
export async function withSandbox(options: SandboxOptions, use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ seed: 7, ...options });
  try {
    await use(sandbox);
  } finally {
    await sandbox.close();
  }
}

/** The official clients, newest and previous major, pointed at the sandbox. */
export const officialClients = [
  {
    name: 'openai 7',
    connect: (sandbox: Pick<Sandbox, 'baseUrl' | 'apiKey'>, maxRetries = 0) => new OpenAI(options(sandbox, maxRetries)),
    errors: OpenAI,
  },
  {
    name: 'openai 6',
    connect: (sandbox: Pick<Sandbox, 'baseUrl' | 'apiKey'>, maxRetries = 0) =>
      new OpenAI6(options(sandbox, maxRetries)),
    errors: OpenAI6,
  },
];

function options({ baseUrl, apiKey }: Pick<Sandbox, 'baseUrl' | 'apiKey'>, maxRetries: number) {
  return { apiKey, baseURL: baseUrl, maxRetries };
}

/** A request as no client would shape it. */
export function raw(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(path, sandbox.baseUrl), {
    ...init,
    headers: { authorization: `Bearer ${sandbox.apiKey}`, 'openai-beta': 'chatkit_beta=v1', ...init.headers },
  });
}

/** Asks for a fault and fails when the sandbox does not know it. */
export async function addFault(sandbox: Sandbox, fault: object): Promise<void> {
  const response = await raw(sandbox, '/sandbox/faults', { method: 'POST', body: JSON.stringify(fault) });
  if (response.status !== 201) throw new Error(await response.text());
}

/** The requests that reached the sandbox so far. */
export async function requests(sandbox: Sandbox): Promise<readonly RecordedRequest[]> {
  const response = await raw(sandbox, '/sandbox/requests');
  return ((await response.json()) as { requests: RecordedRequest[] }).requests;
}
