import { eventLogLines } from '../../src/eventLog/common/readEventLog.ts';
import { ResponseRecorder } from '../../src/eventLog/common/responseRecorder.ts';
import { Menu } from '../support/workbench/menu.ts';
import { expect, test } from '../support/workbench/fixtures.ts';
import { answer, startedAt } from '../unit/eventLog/events.ts';

const name = 'orders.chatkit-events.jsonl';

function savedLog(): string {
  const run = new ResponseRecorder('1', { command: 'threads.create', threadId: null, startedAt });
  run.add(answer);
  run.finish({ kind: 'failed', at: 70, reason: 'The stream was cut off.' });
  return [...eventLogLines(run, { connection: null, savedAt: startedAt, redact: (text) => text })].join('');
}

test.use({ workbenchOptions: { restrictedMode: true, files: { [name]: savedLog() } } });

test('a saved event log is replayed step by step, also in a folder that is not trusted', async ({
  workbench,
  page,
}) => {
  await workbench.sideBar.getByRole('treeitem', { name }).click({ button: 'right' });
  await new Menu(page).choose('Replay Event Log…');
  await expect(workbench.tab(`Replay: ${name}`)).toBeVisible();
  const inspector = await workbench.inspector('Orders');
  const message = inspector.locator('[data-item-type=assistant_message]');
  await expect(message).toContainText('It is in Oslo.');
  await expect(inspector.getByText('6 of 6 events played')).toBeVisible();

  await inspector.getByRole('button', { name: 'Restart' }).click();
  await expect(message).toHaveCount(0);
  for (let step = 1; step <= 4; step += 1) await inspector.getByRole('button', { name: 'Step' }).click();
  await expect(message).toContainText('It is');
  await expect(message).not.toContainText('Oslo');

  await inspector.getByRole('tab', { name: 'Event Log (6)' }).click();
  await expect(inspector.locator('[aria-current="step"]')).toContainText('2 text deltas');
  await expect(inspector.getByText('The stream was cut off.')).toBeVisible();
  await inspector.getByRole('button', { name: 'Show item msg_1' }).first().click();
  await expect(message).toBeInViewport();
});
