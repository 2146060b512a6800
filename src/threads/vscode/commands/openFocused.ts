import { runCommand, runEditorCommand } from '../../../chatkit/vscode/commands.ts';
import type { ThreadsServices } from './threadsServices.ts';

/** What Enter does on a row: a thread or an item is opened to stay; other rows do what a click on them does. */
export async function openFocused({ view }: ThreadsServices): Promise<void> {
  const row = (await view.focusedRows()).at(-1);
  if (row?.type !== 'thread' && row?.type !== 'item') {
    await runEditorCommand('list.select');
    return;
  }
  const { connectionId, threadId } = row;
  const item = row.type === 'item' ? { itemId: row.itemId } : {};
  await runCommand('chatkit.openThread', { connectionId, threadId, ...item });
}
