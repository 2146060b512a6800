import type { Page } from '@playwright/test';
import { Rpc, RpcError, type RpcMessage } from '../../../src/base/common/rpc.ts';
import {
  compareRequests,
  type CompareHost,
  type CompareState,
} from '../../../src/threads/common/compare/compareProtocol.ts';
import type { Comparison } from '../../../src/threads/common/compare/compareThreads.ts';
import { openWebviewPage, type WebviewPage, type WebviewServer } from '../../support/webviewPage.ts';
import type { ThemeName } from '../../support/themes.ts';

/** Opens the comparison page with a comparison, as its panel does. `calls`: the requests of the page. */
export async function openComparison(
  page: Page,
  comparison: Comparison,
  {
    theme = 'dark',
    more = {},
    problem,
    server,
  }: {
    readonly theme?: ThemeName;
    readonly more?: Partial<CompareState>;
    /** Why the first attempt to read the threads fails. */
    readonly problem?: string;
    /** For measurements: the page is served, and its first request is answered within it. */
    readonly server?: WebviewServer | undefined;
  } = {},
): Promise<{ readonly webview: WebviewPage; readonly calls: readonly string[] }> {
  const calls: string[] = [];
  const side = (label: string) => ({ label, source: 'Mine', count: 3 });
  const state: CompareState = {
    locale: 'en',
    title: 'Orders ↔ Orders again',
    left: side('Orders'),
    right: side('Orders again'),
    threads: true,
    ...comparison.state,
    ...more,
  };
  let post: (message: RpcMessage) => void = () => undefined;
  const rpc = new Rpc<CompareHost, object>({
    post: (message) => post(message),
    parse: (method, params) => {
      calls.push(`${method} ${JSON.stringify(params)}`);
      return compareRequests[method].parse(params) as never;
    },
    handlers: {
      ready: () => {
        if (problem !== undefined && calls.length === 1) throw new RpcError({ kind: 'network', message: problem });
        return state;
      },
      rows: ({ first, count }) => comparison.rows(first, count),
      details: ({ index }) => comparison.details(index),
      openThread: () => undefined,
      openTextDiff: () => undefined,
    },
  });
  const webview = await openWebviewPage(page, {
    entry: 'compare',
    theme,
    ...(server === undefined ? {} : { server, ready: state }),
    onMessage: (message, target) => {
      post = (reply) => void target.post(reply);
      rpc.receive(message);
    },
  });
  return { webview, calls };
}
