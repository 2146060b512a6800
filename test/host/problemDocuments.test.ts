import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ruleIds } from '../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { problemsScheme } from '../../src/chatkit/vscode/ids.ts';
import { runCommand } from '../../src/chatkit/vscode/commands.ts';
import { ProblemDocuments } from '../../src/check/vscode/problemDocuments.ts';
import { ConnectionProblems } from '../../src/connections/vscode/problems.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { activated } from '../support/activated.ts';
import { writeConnections } from '../support/hostConnections.ts';
import { type Row, picking } from '../support/hostPickers.ts';
import { listening } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';

/** Runs a case with servers that do not respond, by their ids and names. Their problems and documents are removed at the end. */
async function withServers(
  names: Readonly<Record<string, string>>,
  action: (services: Services) => Promise<void>,
): Promise<void> {
  const services = await activated();
  const servers = Object.entries(names).map(
    ([id, name]) => ({ id, name, kind: 'server', url: 'http://127.0.0.1:9/chatkit' }) as const,
  );
  await writeConnections(services, servers);
  try {
    await action(services);
  } finally {
    for (const { id } of servers) {
      await services.problems.setMuted(id, []);
      services.problems.clear(id);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeConnections(services, []);
  }
}

export const suite: HostSuite = {
  name: 'protocol problems',
  cases: {
    'a muted rule is not shown for its connection only, and is muted in the next window': async () => {
      await withServers({ m1: 'm1', m2: 'm2' }, async (services) => {
        const { problems } = services;
        for (const id of ['m1', 'm2']) {
          problems.of(id).report(ruleIds.dataNull, { command: 'threads.list' }, null);
          problems.of(id).report(ruleIds.numericId, { command: 'threads.list', field: 'id' }, 7);
        }
        const textShown = (id = 'm1') => {
          const isShown = ({ uri }: vscode.TextDocument) => uri.scheme === problemsScheme && uri.query === id;
          return vscode.workspace.textDocuments.find(isShown)?.getText() ?? '';
        };
        for (const id of ['m2', 'm1']) {
          await runCommand('chatkit.showProtocolProblems', { connectionId: id });
          await until(() => textShown(id).includes(ruleIds.numericId), `the document of ${id}`);
        }
        assert.doesNotMatch(textShown(), /## Muted rules/);
        let rows: readonly Row[] = [];
        await picking(
          (offered) => {
            rows = offered;
            return offered.filter(({ rule }) => rule === ruleIds.numericId);
          },
          async () => void (await runCommand('chatkit.muteProtocolRules', { connectionId: 'm1' })),
        );
        assert.deepEqual(rows.map(({ rule }) => rule).sort(), [ruleIds.dataNull, ruleIds.numericId].sort());
        const shown = (id: string) => problems.of(id).problems.map(({ rule }) => rule);
        assert.deepEqual(shown('m1'), [ruleIds.dataNull]);
        assert.equal(shown('m2').length, 2);
        await until(() => /## Muted rules\n\n- CK\d+: /.test(textShown()), 'the change of the open document');
        const next = new ConnectionProblems(services.context.globalState);
        assert.deepEqual([...next.of('m1').muted], [ruleIds.numericId]);
        assert.deepEqual([...next.of('m2').muted], []);
        next.dispose();
        await runCommand('chatkit.copyProtocolProblems', { connectionId: 'm1' });
        const copied = await vscode.env.clipboard.readText();
        assert.match(copied, /## Muted rules\n\n- CK\d+: /);
        // Nothing is muted for a later connection with the same ID.
        await listening(
          ['Remove'],
          async () => void (await runCommand('chatkit.removeConnection', { connectionId: 'm1' })),
        );
        assert.deepEqual([...new ConnectionProblems(services.context.globalState).of('m1').muted], []);
      });
    },

    'the preview of a problem document that the editor has closed is refreshed': async () => {
      await withServers({ p1: 'p1' }, async (services) => {
        const { problems } = services;
        let isClosed = false;
        let refreshed = 0;
        const documents = new ProblemDocuments(services, {
          openDocuments: () => (isClosed ? [] : vscode.workspace.textDocuments),
          tabs: () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs),
          refreshPreviews: async () => void refreshed++,
        });
        // Documents of other cases may still change.
        let changes = 0;
        documents.onDidChangeFile((events) => {
          if (events.some(({ uri }) => uri.query === 'p1')) changes++;
        });
        try {
          await documents.show({ connectionId: 'p1' });
          await until(() => vscode.workspace.textDocuments.some(({ uri }) => uri.query === 'p1'), 'the document');
          problems.of('p1').report(ruleIds.dataNull, { command: 'threads.list' }, null);
          await until(() => changes === 1, 'the change of the open document');
          assert.equal(refreshed, 0, 'an open document changes by its event');
          isClosed = true;
          problems.of('p1').report(ruleIds.numericId, { command: 'threads.list', field: 'id' }, 7);
          await until(() => refreshed === 1, 'the refresh after a change');
          await documents.show({ connectionId: 'p1' });
          assert.equal(refreshed, 2);
          assert.equal(changes, 1);
        } finally {
          documents.dispose();
        }
      });
    },

    'the problems of the document in the active editor are copied and muted without a question': async () => {
      await withServers({ q1: 'Mine', q2: 'Mine: too', q3: 'Other' }, async (services) => {
        const { problems } = services;
        const documents = new ProblemDocuments(services);
        try {
          for (const id of ['q1', 'q2']) {
            await documents.show({ connectionId: id });
            const label = `Protocol Problems of ${id === 'q1' ? 'Mine' : 'Mine- too'}.md`;
            const isActive = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes(label) === true;
            await until(isActive, 'the preview');
            const copyAndMute = async () => {
              await vscode.env.clipboard.writeText('');
              problems.of(id).report(ruleIds.dataNull, { command: 'threads.list' }, null);
              await picking(
                () => assert.fail('a question'),
                () => documents.copy(undefined),
              );
              assert.match(
                await vscode.env.clipboard.readText(),
                new RegExp(`^# Protocol problems of Mine${id === 'q1' ? '' : ': too'}\n`),
              );
              await picking(
                (rows) => rows.filter(({ rule }) => rule !== undefined),
                () => documents.mute(undefined),
              );
              assert.deepEqual([...problems.of(id).muted], [ruleIds.dataNull]);
              await problems.setMuted(id, []);
            };
            await copyAndMute();
            await vscode.commands.executeCommand('markdown.showSource');
            await until(() => vscode.window.activeTextEditor?.document.uri.scheme === problemsScheme, 'the source');
            await copyAndMute();
            await vscode.commands.executeCommand('workbench.action.closeAllEditors');
          }
        } finally {
          documents.dispose();
        }
      });
    },

    'a preview that was restored with the window follows after the editor has closed its document': async () => {
      await withServers({ p2: 'p2' }, async (services) => {
        const { problems } = services;
        const earlier = new ProblemDocuments(services);
        let refreshed = 0;
        try {
          await earlier.show({ connectionId: 'p2' });
          const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
          await until(() => tabs().some(({ label }) => label.includes('p2.md')), 'the preview');
          const documents = new ProblemDocuments(services, {
            tabs,
            openDocuments: () => [],
            refreshPreviews: async () => void refreshed++,
          });
          problems.of('p2').report(ruleIds.numericId, { command: 'threads.list', field: 'id' }, 7);
          await until(() => refreshed === 1, 'the refresh');
          documents.dispose();
        } finally {
          earlier.dispose();
        }
      });
    },
  },
};
