import * as vscode from 'vscode';
import type { ItemRef } from '../../../domain/refs.ts';
import { wireId } from '../../../domain/store/duplicates.ts';
import type { focusedRow } from '../../../host/ids.ts';
import type { ThreadsParts } from '../parts.ts';
import { pickThreads } from '../pickThreads.ts';

type Row = Partial<ItemRef>;

/** Copies the ids of items, threads or connections, one a line, as the server knows them. */
export async function copyId(
  { view, context }: ThreadsParts,
  row?: Row | typeof focusedRow,
  rows?: readonly Row[],
): Promise<void> {
  const targets: readonly Row[] = await view.targets(row, rows);
  const question = { title: vscode.l10n.t('Copy ID'), many: true };
  const picked = targets.length === 0 && row === undefined ? await pickThreads(context, question) : targets;
  const ids = [...new Set(picked.flatMap((ref) => idOf(ref, view.model.store.bind(view.model)) ?? []))];
  if (ids.length === 0) return;
  await vscode.env.clipboard.writeText(ids.join('\n'));
  const said =
    ids.length === 1 ? vscode.l10n.t('Copied {0}', ids[0] ?? '') : vscode.l10n.t('Copied {0} ids', ids.length);
  vscode.window.setStatusBarMessage(said, 3_000);
}

function idOf(
  { connectionId, threadId, itemId }: Row,
  storeOf: ThreadsParts['view']['model']['store'],
): string | undefined {
  if (connectionId === undefined || threadId === undefined || itemId === undefined) return threadId ?? connectionId;
  const item = storeOf(connectionId)?.item(threadId, itemId);
  return item === undefined ? itemId : wireId(item);
}
