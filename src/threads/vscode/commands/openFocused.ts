import { runCommand, runEditorCommand } from '../../../chatkit/vscode/commands.ts';
import type { ThreadsServices } from './threadsServices.ts';

/** Enter on a row: opens a thread or an item in a permanent editor. Other rows do the same as for a click. */
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
