import { append } from '../../../base/common/lists.ts';
import { isRecord } from '../../../base/common/json.ts';
import { idOf } from '../../../chatkit/common/elementId.ts';
import { type Order, findOrder } from '../../../chatkit/common/listOrder.ts';
import { type Cursor, type PageReply, readPage } from '../../../chatkit/common/pageReply.ts';
import { ListProgress } from '../../../chatkit/common/pages.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { type ReportHere, reportAt } from '../../../chatkit/common/protocolProblems/problem.ts';
import { type TimeContext, parseServerTime } from '../../../chatkit/common/serverTime.ts';
import type { CheckRun } from '../run/checkRun.ts';
import { type CommandOutcome, type Params, type Sent, sendCommand } from '../run/sendCommand.ts';

/** How one list is read: a command of a self-hosted server, or an operation of the REST API. */
export interface ListQuery {
  /** Name for the report: `items.list`. */
  readonly command: string;
  readonly threadId?: string;
  readonly send: (page: PageParams, sent: Sent) => Promise<CommandOutcome>;
  /** Returns the page in the body of a response; null where it contains no list. */
  readonly read: (body: unknown) => PageReply | null;
  /** `date`: the `Date` header of the response. */
  readonly checker: (element: unknown, date: string | undefined) => void;
  readonly times: TimeContext;
}

export interface PageParams {
  readonly limit: number;
  readonly order: Order;
  readonly after: Cursor | null;
}

/** A list of a self-hosted server. */
export function serverList(
  run: CheckRun,
  command: string,
  params: Params,
  rest: Omit<ListQuery, 'command' | 'read' | 'send'>,
): ListQuery {
  return {
    command,
    ...rest,
    read: readPage,
    send: ({ limit, order, after }, sent) =>
      sendCommand(run, command, { ...params, limit, order, ...(after === null ? {} : { after }) }, sent),
  };
}

interface ReadList {
  /** Without repetitions, in the order in which they were received. */
  readonly elements: readonly unknown[];
  /** The list ended, or cannot be continued; false where `maxPages` ended the reading. */
  readonly complete: boolean;
  /** A page failed. */
  readonly failed: boolean;
}

/** Reads the pages of a list, and checks each page and its place in the list. */
export async function readList(
  run: CheckRun,
  query: ListQuery,
  { limit, order, maxPages }: { readonly limit: number; readonly order: Order; readonly maxPages: number },
): Promise<ReadList> {
  const { command, threadId } = query;
  const place = threadId === undefined ? {} : { threadId };
  const progress = new ListProgress({ report: reportAt(run.verdicts, { command, ...place }), maxEmptyPages: 10 });
  const elements: unknown[] = [];
  let after: Cursor | null = null;
  for (let number = 1; number <= maxPages; number += 1) {
    const input = `order ${order}, limit ${limit}${after === null ? '' : `, page ${number}`}`;
    const answer = await query.send({ limit, order, after }, { input, expected: 'success', ...place });
    const page = answer.outcome === 'success' ? query.read(answer.body) : null;
    if (page === null) return { elements, complete: false, failed: true };
    run.verdicts.observe('page');
    for (const element of page.elements) query.checker(element, answer.headers['date']);
    const { fresh, state } = progress.add(page, { after, limit });
    append(elements, fresh);
    if (state.kind !== 'more') return { elements, complete: true, failed: false };
    after = state.after;
  }
  return { elements, complete: false, failed: false };
}

/** Fewer elements show nothing about pages. */
const minElements = 3;
/** Maximum number of pages of 100 elements that are read. */
const maxWidePages = 4;

/**
 * Reads a list in both orders and with several limits, and compares what was received (chatkit-api C.1). `created`: ids
 * of elements in the order of their creation, where it is known. Returns the list in ascending order.
 */
export async function checkPaging(
  run: CheckRun,
  query: ListQuery,
  limits: readonly number[],
  created: readonly string[] = [],
): Promise<ReadList> {
  const wide = { limit: 100, maxPages: maxWidePages };
  const rising = await readList(run, query, { ...wide, order: 'asc' });
  if (rising.failed) return rising;
  const falling = await readList(run, query, { ...wide, order: 'desc' });
  if (falling.failed) return falling;
  const { command, threadId } = query;
  const report = reportAt(run.verdicts, { command, ...(threadId === undefined ? {} : { threadId }) });
  const isWhole = rising.complete && falling.complete;
  compareOrders(query, rising.elements, falling.elements, isWhole, created, report);
  if (rising.elements.length < minElements) return rising;
  for (const limit of limits) {
    for (const order of ['asc', 'desc'] as const) {
      const all = (order === 'asc' ? rising : falling).elements;
      // Pages of one or two elements are only followed to where they show something.
      const maxPages = limit < 5 ? 3 : Math.ceil(all.length / limit) + 1;
      const { elements, complete, failed } = await readList(run, query, { limit, order, maxPages });
      if (failed) return rising;
      const difference = comparePages(all, elements, complete && isWhole);
      if (difference === null) continue;
      // A list that changes while it is read proves nothing: an element may have been added before the first one.
      const again = await readList(run, query, { ...wide, order });
      if (again.failed) return rising;
      if (!isSameList(all, again.elements)) continue;
      report(ruleIds.afterIgnored, { field: 'after' }, `order ${order}, limit ${limit}: ${difference}`);
    }
  }
  run.verdicts.observe('paging');
  return rising;
}

/** `desc` is the reverse of `asc`, and both agree with the times, or with the order of creation. */
function compareOrders(
  { times }: ListQuery,
  rising: readonly unknown[],
  falling: readonly unknown[],
  isWhole: boolean,
  created: readonly string[],
  report: ReportHere,
): void {
  const [up, down] = [idsOf(rising), idsOf(falling)];
  if (up.length < 2) return;
  const timeOf = (element: unknown): number | null =>
    isRecord(element) ? (parseServerTime(element['created_at'], times)?.ms ?? null) : null;
  const found = { asc: findOrder(rising.map(timeOf)), desc: findOrder(falling.map(timeOf)) };
  for (const order of ['asc', 'desc'] as const) {
    const opposite = order === 'asc' ? 'desc' : 'asc';
    if (found[order] === opposite || isOpposite(order === 'asc' ? up : down, created, order))
      report(ruleIds.orderIgnored, { field: 'order' }, `${order} was requested, ${opposite} was received`);
    else if (found[order] === 'mixed') report(ruleIds.timesOutOfOrder, { field: 'data[].created_at' }, order);
  }
  if (found.asc !== 'unknown' || up.length !== down.length) return;
  // Without usable times, the same list for both orders still shows that one of them is ignored.
  if (up.every((id, index) => id === down[index]))
    report(ruleIds.orderIgnored, { field: 'order' }, 'asc and desc return the same list');
  else if (isWhole && !up.every((id, index) => id === down[down.length - 1 - index]))
    report(ruleIds.timesOutOfOrder, { field: 'data' }, 'desc is not the reverse of asc');
}

/** Whether the known elements are in the opposite of the requested order. */
function isOpposite(ids: readonly string[], created: readonly string[], order: Order): boolean {
  const known = created.map((id) => ids.indexOf(id)).filter((index) => index >= 0);
  if (known.length < 2) return false;
  const steps = known.slice(1).map((index, at) => index - (known[at] ?? 0));
  return steps.every((step) => (order === 'asc' ? step < 0 : step > 0));
}

/** How small pages differ from large ones, which contain the same elements in the same order; null where they agree. */
function comparePages(all: readonly unknown[], paged: readonly unknown[], isWhole: boolean): string | null {
  const [expected, found] = [idsOf(all), idsOf(paged)];
  const at = found.findIndex((id, index) => id !== expected[index]);
  if (at >= 0) return `place ${at + 1} has element ${expected.indexOf(found[at] ?? '') + 1} of the list`;
  return isWhole && found.length < expected.length ? `${found.length} of ${expected.length} elements` : null;
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  const [ids, others] = [idsOf(one), idsOf(other)];
  return ids.length === others.length && ids.every((id, index) => id === others[index]);
}

function idsOf(elements: readonly unknown[]): readonly string[] {
  return elements.map((element) => idOf(element) ?? '');
}
