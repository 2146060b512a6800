import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { plantInGlobalState, recordClipboard, tracesOf } from '../support/workbench/canary.ts';
import { addAcme } from '../support/workbench/connect.ts';
import { expect, test } from '../support/workbench/fixtures.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('the key and the client secret are only in SecretStorage, and the secret is deleted with its session', async ({
  workbench,
  sandbox,
}) => {
  test.slow();
  const { quickInput, threads, sessions, dialog, page, folder } = workbench;
  const written = await recordClipboard(page);
  await workbench.open();
  await addAcme(workbench, sandbox);
  await workbench.runCommand('ChatKit: Create Session…');
  await quickInput.expectTitle('Create ChatKit Session (1)');
  await quickInput.enter('ada');
  await quickInput.expectTitle('Create ChatKit Session (2)');
  await quickInput.enter('wf_1');
  await quickInput.expectTitle('Create ChatKit Session (3)');
  await quickInput.pick('Create Now');
  const row = /Session of ada/;
  await expect(sessions.row(row)).toBeVisible();

  await (await sessions.menu(row)).choose('Copy Client Secret');
  await expect.poll(async () => (await written()).at(-1)).toMatch(/^ek_/);
  const secret = (await written()).at(-1) ?? '';
  await page.evaluate(() => navigator.clipboard.writeText(''));

  // Everything that writes: documents, files, code, the log.
  await sessions.row(row).click();
  await expect(workbench.tab(/Session ada/)).toBeVisible();
  await (await sessions.menu(row)).choose('Copy Request as cURL');
  await expect.poll(async () => (await written()).at(-1)).toContain('$OPENAI_API_KEY');
  await workbench.runCommand('ChatKit: Show Log');
  await (await sessions.menu(row)).choose('Save as Session File…');
  await quickInput.saveAs(/ada\.chatkit-session\.json$/);
  await expect(workbench.tab(/ada\.chatkit-session\.json/)).toBeVisible();

  await threads.expand(/Acme/);
  await (await threads.menu(/Where is order/)).choose('Export Thread…');
  await quickInput.pick('.chatkit.json file');
  await quickInput.saveAs(/\.chatkit\.json$/);
  await expect.poll(() => readdir(folder)).toContainEqual(expect.stringMatching(/\.chatkit\.json$/));

  const secrets = [sandbox.apiKey, secret];
  const traces = () => tracesOf(page, dirname(folder), secrets);
  // The search must find a secret that is planted in global state.
  const takeBack = await plantInGlobalState(page, secret);
  expect(await traces()).toEqual([expect.stringMatching(/^IndexedDB .*chatkit-inspector\.planted/)]);
  await takeBack();

  expect(await traces()).toEqual([]);
  expect((await written()).filter((text) => text.includes(sandbox.apiKey))).toEqual([]);
  expect((await written()).filter((text) => text.includes(secret))).toEqual([secret]);

  await (await sessions.menu(row)).choose('Cancel Session…');
  await dialog.choose('End Session');
  await expect(sessions.row(/Session of ada, cancelled/)).toBeVisible();
  await workbench.reload();
  await workbench.openView();
  await expect(sessions.row(/Session of ada, cancelled/)).toBeVisible();
  expect(await traces()).toEqual([]);
});
