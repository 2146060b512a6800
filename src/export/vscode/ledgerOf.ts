import { join } from 'node:path';
import { ExportLedger } from '../node/ledger.ts';
import type { Services } from '../../connections/vscode/services.ts';

/** What exports of this user have written, in the extension's own storage. */
export function ledgerOf({ context, log }: Pick<Services, 'context' | 'log'>): ExportLedger {
  return new ExportLedger(join(context.globalStorageUri.fsPath, 'exports'), log);
}
