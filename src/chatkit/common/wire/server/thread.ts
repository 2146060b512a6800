import * as z from 'zod';
import { type Json, isJsonObject } from '../../../../base/common/json.ts';
import type { Thread } from '../../model/thread.ts';
import { findOrder } from '../../listOrder.ts';
import { ruleIds } from '../../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../protocolProblems/problem.ts';
import { parseServerTime } from '../../serverTime.ts';
import { readThreadBase } from '../openai/thread.ts';
import { withProtocolKeys } from '../protocolNames.ts';
import { type Reading, plainReading } from '../reading.ts';

const imageDomains = z.array(z.string());

/** Where a thread is read: its `items` differ (chatkit-api 5.3). */
type ThreadPlace = 'list' | 'single' | 'event';

/**
 * One thread of a self-hosted server (chatkit-api 5.4) as our model; null for what has no id. These servers do not
 * report the user.
 */
export function toServerThread(
  received: Json,
  reading: Reading = plainReading,
  place: ThreadPlace = 'event',
): Thread | null {
  const raw = withProtocolKeys(received, reading.report);
  const base = readThreadBase(raw, reading);
  if (base === null || !isJsonObject(raw)) return null;
  const report: ReportHere = (rule, more, value) => reading.report(rule, { threadId: base.id, ...more }, value);
  const { allowed_image_domains: domains, metadata } = raw;
  const parsed = imageDomains.safeParse(domains);
  if (domains !== undefined && domains !== null && !parsed.success) {
    report(ruleIds.imageDomainsShape, { field: 'allowed_image_domains' }, domains);
  }
  if (isJsonObject(metadata) && Object.keys(metadata).length > 0) report(ruleIds.threadMetadata, { field: 'metadata' });
  checkItems(raw['items'], place, reading, report);
  return { ...base, user: null, imageDomains: parsed.success ? parsed.data : null, raw: received };
}

function checkItems(items: Json | undefined, place: ThreadPlace, { times }: Reading, report: ReportHere): void {
  const data = isJsonObject(items) ? items['data'] : undefined;
  if (!Array.isArray(data)) return report(ruleIds.missingFirstItems, { field: 'items' }, items);
  if (data.length === 0) return;
  if (place === 'list') return report(ruleIds.listedThreadHasItems, { field: 'items.data' }, data.length);
  if (place === 'event') return;
  const created = (data as readonly Json[]).map((item) =>
    isJsonObject(item) ? (parseServerTime(item['created_at'], times)?.ms ?? null) : null,
  );
  if (findOrder(created) === 'desc') report(ruleIds.firstItemsOrder, { field: 'items.data' });
}
