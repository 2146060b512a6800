// The reports of *Check Server…*, their comparison, and muted rules.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as vscode from 'vscode';
import { Shutdown } from '../../src/base/vscode/shutdown.ts';
import { ruleIds } from '../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { runCommand } from '../../src/chatkit/vscode/commands.ts';
import type { CheckReport } from '../../src/check/common/checkReport.ts';
import { Verdicts } from '../../src/check/common/verdicts.ts';
import { SavedReports } from '../../src/check/vscode/checkCommand.ts';
import { runCheck } from '../../src/check/vscode/runCheck.ts';
import { UnfinishedChecks } from '../../src/check/vscode/unfinishedChecks.ts';
import { offerExport } from '../../src/export/vscode/exportThreads.ts';
import { activated } from '../support/activated.ts';
import { writeConnections } from '../support/hostConnections.ts';
import { listening } from '../support/hostSessions.ts';
import { type Row, picking } from '../support/hostPickers.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';
import { MementoDouble } from '../support/memento.ts';

/** A report of the server, started at a minute, in which a rule failed `count` times. */
function reportAt(minute: number, count: number): CheckReport {
  const verdicts = new Verdicts({ now: () => 0, redact: (text) => text });
  verdicts.observe('reply');
  for (let number = 0; number < count; number += 1) {
    verdicts.report(ruleIds.dataNull, { command: 'threads.list', threadId: `thr_${number}` }, null);
  }
  return {
    format: 'chatkit-inspector/check',
    version: 1,
    startedAt: `2026-11-30T12:${String(minute).padStart(2, '0')}:00.000Z`,
    ms: 1,
    connection: { name: 'Reports: a/b', kind: 'server', url: 'http://127.0.0.1:9/chatkit' },
    origin: null,
    scope: 'quick',
    outcome: 'complete',
    reason: '',
    rules: [...verdicts.results('')],
    commands: [],
    leftBehind: [],
  };
}

/** Runs a case with an empty folder for reports. */
async function withFolder(action: (folder: vscode.Uri, reports: SavedReports) => Promise<void>): Promise<void> {
  const { context } = await activated();
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'report-test');
  try {
    await action(vscode.Uri.joinPath(folder, 'checks'), new SavedReports(folder));
  } finally {
    await vscode.workspace.fs.delete(folder, { recursive: true });
  }
}

const textOf = async (uri: vscode.Uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

interface HangingServer {
  readonly url: string;
  /** IDs of the threads that exist. */
  readonly threads: ReadonlySet<string>;
  stop(): Promise<void>;
}

interface Command {
  readonly type?: string;
  readonly params?: { readonly thread_id?: string; readonly input?: unknown };
}

/** The command of a body. A check also sends one that is not JSON; it has no type. */
function commandOf(body: string): Command {
  try {
    return JSON.parse(body) as Command;
  } catch {
    return {};
  }
}

/** A server whose responses start and never end, so that a check waits after it has created a thread. */
async function startHangingServer(): Promise<HangingServer> {
  const threads = new Set<string>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { type, params } = commandOf(body);
      if (type === 'threads.create' && params?.input !== undefined) {
        const id = `thr_${threads.size}`;
        threads.add(id);
        const thread = { id, created_at: new Date().toISOString(), status: { type: 'active' }, metadata: {} };
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify({ type: 'thread.created', thread })}\n\n`);
        return;
      }
      if (type === 'threads.delete') threads.delete(params?.thread_id ?? '');
      const isKnown = type === 'threads.list' || type === 'threads.delete';
      response.writeHead(isKnown ? 200 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify(type === 'threads.list' ? { data: [], has_more: false } : {}));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chatkit`,
    threads,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const suite: HostSuite = {
  name: 'check reports',
  cases: {
    'a report is saved as a document with its JSON, and contains what changed since the one before': async () => {
      await withFolder(async (folder, reports) => {
        const first = await reports.save(reportAt(1, 0));
        assert.doesNotMatch(await textOf(first), /Changes since/);
        const second = await reports.save(reportAt(2, 3));
        const text = await textOf(second);
        assert.match(text, /## Changes since the check of 2026-11-30T12:01:00\.000Z\n\n- New failures: CK\d+\n/);
        const json = /JSON of this report: \[.*?\]\(<(.*?)>\)/.exec(text)?.[1] ?? '';
        assert.deepEqual((await reports.read(vscode.Uri.joinPath(folder, json)))?.report, reportAt(2, 3));
        const saved = await reports.all();
        assert.deepEqual(
          saved.map(({ report }) => report.startedAt),
          ['2026-11-30T12:02:00.000Z', '2026-11-30T12:01:00.000Z'],
        );
      });
    },

    'only the newest 20 reports are saved, with their documents': async () => {
      await withFolder(async (folder, reports) => {
        for (let minute = 0; minute < 22; minute += 1) await reports.save(reportAt(minute, 0));
        const saved = await reports.all();
        assert.equal(saved.length, 20);
        assert.equal(saved.at(-1)?.report.startedAt, '2026-11-30T12:02:00.000Z');
        assert.equal((await vscode.workspace.fs.readDirectory(folder)).length, 40);
      });
    },

    'a file that is not a report is not read': async () => {
      await withFolder(async (folder, reports) => {
        await reports.save(reportAt(1, 0));
        const other = vscode.Uri.joinPath(folder, 'other.chatkit-check.json');
        await vscode.workspace.fs.writeFile(other, new TextEncoder().encode('{"format":"chatkit-inspector/check"}'));
        assert.equal(await reports.read(other), null);
        assert.equal((await reports.all()).length, 1);
      });
    },

    'two reports are compared, and the comparison opens': async () => {
      const { context } = await activated();
      const reports = new SavedReports(context.globalStorageUri);
      const folder = vscode.Uri.joinPath(context.globalStorageUri, 'checks');
      const files: vscode.Uri[] = [];
      for (const report of [reportAt(1, 2), reportAt(2, 5)]) files.push(await reports.save(report));
      const offered: (readonly Row[])[] = [];
      const compared = vscode.Uri.joinPath(folder, 'comparison-20261130-120100-20261130-120200.md');
      try {
        await picking(
          (rows) => {
            offered.push(rows);
            return rows.find(({ label }) => label === 'Reports: a/b');
          },
          async () => void (await runCommand('chatkit.compareChecks')),
        );
        assert.equal(offered.length, 2);
        const [later, earlier] = offered.map((rows) => rows.filter(({ label }) => label === 'Reports: a/b').length);
        assert.deepEqual([later, earlier], [2, 1], 'the earlier report is another one');
        assert.match(
          await textOf(compared),
          /## Failures with more occurrences \(1\)\n\n### CK\d+: .* \(2 → 5 times\)/,
        );
        await until(
          () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('comparison-'))),
          'the open comparison',
        );
      } finally {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        for (const uri of [compared, ...files]) await vscode.workspace.fs.delete(uri);
        for (const { uri, report } of await reports.all()) {
          if (report.connection.name === 'Reports: a/b') await vscode.workspace.fs.delete(uri);
        }
      }
    },

    'a check deletes its threads when the window closes during it': async () => {
      const services = await activated();
      const server = await startHangingServer();
      await writeConnections(services, [{ id: 'closing', name: 'Closing', kind: 'server', url: server.url }]);
      try {
        const shutdown = new Shutdown();
        const choices = { user: null, origin: null, scope: 'quick' } as const;
        const unfinished = new UnfinishedChecks(new MementoDouble());
        const connection = { id: 'closing', name: 'Closing', url: server.url };
        const checked = runCheck({ ...services, shutdown }, unfinished, connection, choices);
        const early = checked.then(({ reason }) => assert.fail(`The check ended before its first thread: ${reason}`));
        await Promise.race([until(() => server.threads.size > 0, 'the first thread of the check'), early]);
        await shutdown.end();
        assert.deepEqual([...server.threads], []);
        const { outcome, leftBehind } = await checked;
        assert.equal(outcome, 'cancelled');
        assert.deepEqual(leftBehind, []);
      } finally {
        await server.stop();
        await writeConnections(services, []);
      }
    },

    'the export of the threads of all hosted connections is offered once, after Agent Builder was closed': async () => {
      const services = await activated();
      const entry = (id: string, url: string) => ({ id, name: `Hosted ${id}`, kind: 'openai' as const, url });
      const all = [
        entry('h1', 'https://api.openai.com/v1'),
        entry('h2', 'https://api.openai.com/v1'),
        entry('gateway', 'https://gateway.example/v1'),
      ];
      const loaded: (() => void)[] = [];
      const threads: object[] = [];
      const connections = {
        all,
        onDidChange: () => new vscode.Disposable(() => undefined),
        store: () => ({ list: { threads }, on: (listener: () => void) => (loaded.push(listener), () => undefined) }),
      } as unknown as typeof services.connections;
      const context = { globalState: new MementoDouble() } as unknown as typeof services.context;
      const offer = (now: number) => offerExport({ connections, context }, () => now);
      await listening([], async (heard) => {
        offer(Date.UTC(2026, 10, 29)).dispose();
        assert.equal(loaded.length, 0, 'nothing is watched before the date');
        const offering = offer(Date.UTC(2026, 10, 30));
        assert.equal(heard.length, 0, 'no thread is loaded');
        threads.push({});
        for (const listener of [...loaded, ...loaded]) listener();
        await until(() => heard.length > 0, 'the offer');
        offering.dispose();
        offer(Date.UTC(2026, 11, 24)).dispose();
        assert.deepEqual(
          heard.map(({ buttons }) => buttons),
          [['Export Threads…']],
        );
        assert.match(
          heard[0]?.text ?? '',
          /closed Agent Builder on 30 November 2026\. The threads of Hosted h1, Hosted h2 /,
        );
      });
    },
  },
};
