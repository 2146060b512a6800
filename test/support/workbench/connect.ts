import { expect } from '@playwright/test';
import type { SandboxAccess } from '../../../scripts/lib/sandbox.mjs';
import type { RecordedRequest } from '../../../src/sandbox/node/control/requestLog.ts';
import type { Workbench } from './workbench.ts';

/** Adds the sandbox as the connection *Acme*, as a user does. */
export async function addAcme(workbench: Workbench, { url, apiKey }: SandboxAccess): Promise<void> {
  const { quickInput, threads } = workbench;
  await workbench.openView();
  await workbench.runCommand('ChatKit: Add Connection…');
  await quickInput.pick('More Options…');
  await expect(quickInput.rows).toHaveCount(2);
  await quickInput.pick('OpenAI API');
  await quickInput.expectTitle('Add Connection (2/6)');
  await quickInput.enter(url);
  await quickInput.expectTitle('Add Connection (3/6)');
  await quickInput.enter('Acme');
  await quickInput.expectTitle('Add Connection (4/6)');
  await quickInput.enter(apiKey);
  await quickInput.expectTitle('Add Connection (5/6)');
  await quickInput.enter('');
  await quickInput.expectTitle('Add Connection (6/6)');
  await quickInput.enter('');
  await expect(threads.row(/Acme/)).toBeVisible();
}

/** Bodies of the create-session requests that reached the sandbox, oldest first. */
export async function createdBodies({ url, apiKey }: SandboxAccess): Promise<readonly (string | null)[]> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(new URL('/sandbox/requests', url), { headers });
  const { requests } = (await response.json()) as { requests: readonly RecordedRequest[] };
  return requests.filter((request) => request.url === '/v1/chatkit/sessions').map(({ body }) => body);
}

/** Ignores the requests that the sandbox has recorded so far. */
export async function forgetRequests({ url, apiKey }: SandboxAccess): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(new URL('/sandbox/requests', url), { method: 'DELETE', headers });
  expect(response.status).toBe(204);
}

/** Injects a fault into the sandbox. */
export async function addFault({ url, apiKey }: SandboxAccess, fault: object): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(new URL('/sandbox/faults', url), {
    method: 'POST',
    headers,
    body: JSON.stringify(fault),
  });
  expect(response.status).toBe(201);
}
