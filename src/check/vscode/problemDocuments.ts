import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ReadOnlyFiles } from '../../base/vscode/lazyProviders.ts';
import { fileNamePart } from '../../base/common/fileName.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../base/vscode/messages/notifications.ts';
import {
  groupProblems,
  problemsAsMarkdown,
  severityTitle,
} from '../../chatkit/common/protocolProblems/problemReport.ts';
import { ruleOf } from '../../chatkit/common/protocolProblems/catalogue/catalogue.ts';
import type { RuleId } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { ConnectionRef } from '../../chatkit/common/model/thread.ts';
import { problemsScheme } from '../../chatkit/vscode/ids.ts';
import { runEditorCommand } from '../../chatkit/vscode/commands.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { openDocument } from './checkCommand.ts';

/** What the documents need of the editor. */
interface Editor {
  readonly tabs: () => readonly Pick<vscode.Tab, 'input' | 'label'>[];
  readonly openDocuments: () => readonly Pick<vscode.TextDocument, 'uri'>[];
  /** Makes Markdown previews read their documents again. */
  readonly refreshPreviews: () => Promise<unknown>;
}

const realEditor: Editor = {
  tabs: () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs),
  openDocuments: () => vscode.workspace.textDocuments,
  // Nothing to refresh where the editor has no Markdown preview.
  refreshPreviews: () => runEditorCommand('markdown.preview.refresh').catch(() => undefined),
};

/**
 * The documents with the protocol problems of a connection. They change while problems are found. After three minutes, the
 * editor closes a document that only a preview shows; the preview keeps its text until it is refreshed. They are files, because
 * only the scheme of a file system loads the extension for a preview that was restored with its window.
 */
export class ProblemDocuments implements ReadOnlyFiles, vscode.Disposable {
  readonly #services: Services;
  readonly #editor: Editor;
  /** ID of the connection whose document was shown last. */
  #lastShown: string | undefined;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeFile = this.#changed.event;
  /** Time of the last change of any document, in ms. */
  #changedAt = Date.now();

  constructor(services: Services, editor: Editor = realEditor) {
    this.#services = services;
    this.#editor = editor;
    this.#subscription = services.problems.onDidChange((ids) => {
      // The editor reads a file again only if its time has changed.
      this.#changedAt = Math.max(Date.now(), this.#changedAt + 1);
      const changed = this.#open().filter(({ query }) => ids.includes(query));
      if (changed.length > 0) this.#changed.fire(changed.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
      if (ids.some((id) => this.#isStale(id))) void this.#editor.refreshPreviews();
    });
  }

  stat(): vscode.FileStat {
    // The size of a document that changes while it is read is of no use.
    return { type: vscode.FileType.File, ctime: 0, mtime: this.#changedAt, size: 0 };
  }

  readFile({ query }: vscode.Uri): Uint8Array {
    return new TextEncoder().encode(problemsText(this.#services, query));
  }

  /** Opens the problems of a connection, of the row or of the one that the user selects. */
  async show(row: ConnectionRef | undefined): Promise<void> {
    const id = row?.connectionId ?? (await this.#pick());
    if (id === undefined) return;
    // Older versions of the editor take documents with the same path for one document.
    const path = `/${encodeURIComponent(id)}/${this.#fileName(id)}`;
    const isStale = this.#isStale(id);
    this.#lastShown = id;
    await openDocument(vscode.Uri.from({ scheme: problemsScheme, path, query: id }));
    if (isStale) await this.#editor.refreshPreviews();
  }

  async copy(row: ConnectionRef | undefined): Promise<void> {
    const id = row?.connectionId ?? this.#active() ?? (await this.#pick());
    if (id === undefined) return;
    await vscode.env.clipboard.writeText(problemsText(this.#services, id));
    showStatus(l10n.t('Copied protocol problems as Markdown.'), 3_000);
  }

  /** Lets the user select the rules whose problems of a connection are not shown. */
  async mute(row: ConnectionRef | undefined): Promise<void> {
    const id = row?.connectionId ?? this.#active() ?? (await this.#pick());
    if (id === undefined) return;
    const { problems } = this.#services;
    const log = problems.of(id);
    const groups = groupProblems([...log.problems, ...log.mutedProblems], (rule) => log.countOf(rule));
    const found = new Set<RuleId>(groups.map(({ rule }) => rule.id));
    const ids: readonly RuleId[] = [...found, ...[...log.muted].filter((rule) => !found.has(rule))];
    if (ids.length === 0) return showStatus(l10n.t('No protocol problems found.'), 3_000);
    const rows = ids.map((rule) => {
      const { title, severity } = ruleOf(rule);
      const count = log.countOf(rule);
      const times = count === 1 ? l10n.t('1 occurrence') : l10n.t('{0} occurrences', count);
      const description = `${rule} · ${severityTitle(severity)} · ${times}`;
      return { label: withoutIcons(title), description, picked: log.muted.has(rule), rule };
    });
    const picked = await vscode.window.showQuickPick(rows, {
      canPickMany: true,
      title: l10n.t('Mute Protocol Rules'),
      placeHolder: l10n.t('Select the rules whose problems are not shown for this connection'),
      matchOnDescription: true,
    });
    if (picked !== undefined)
      await problems.setMuted(
        id,
        picked.map(({ rule }) => rule),
      );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #open(): readonly vscode.Uri[] {
    return this.#editor
      .openDocuments()
      .map(({ uri }) => uri)
      .filter(({ scheme }) => scheme === problemsScheme);
  }

  /** Whether a preview shows the document, which the editor has closed. */
  #isStale(id: string): boolean {
    if (this.#open().some(({ query }) => query === id)) return false;
    return this.#editor.tabs().some((tab) => isPreview(tab) && tab.label.includes(this.#fileName(id)));
  }

  /** The connection whose document, or whose preview, is the active editor. */
  #active(): string | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (tab === undefined) return undefined;
    const { input } = tab;
    if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) {
      return input.uri.scheme === problemsScheme ? input.uri.query : undefined;
    }
    if (!isPreview(tab)) return undefined;
    // A preview is known by its title only.
    const ids = this.#services.connections.all
      .map(({ id }) => id)
      .filter((id) => tab.label.includes(this.#fileName(id)));
    return ids.length === 1 ? ids[0] : ids.find((id) => id === this.#lastShown);
  }

  #fileName(id: string): string {
    const name = fileNamePart(this.#services.connections.get(id)?.name ?? id, 80, ' ');
    return `${l10n.t('Protocol Problems of {0}', name === '' ? fileNamePart(id, 80) : name)}.md`;
  }

  async #pick(): Promise<string | undefined> {
    const connection = await pickConnection(this.#services.connections, l10n.t('Select a connection'));
    return connection?.id;
  }
}

function isPreview({ input }: Pick<vscode.Tab, 'input'>): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.includes('markdown.preview');
}

function problemsText({ connections, problems }: Services, connectionId: string): string {
  const log = problems.of(connectionId);
  const name = connections.get(connectionId)?.name ?? connectionId;
  const groups = groupProblems(log.problems, (rule) => log.countOf(rule));
  const muted = [...log.muted].sort().map((rule) => `- ${rule}: ${ruleOf(rule).title}`);
  const hint = l10n.t(
    'Problems are recorded while the connection is used. To hide a rule, run “{0}”. To copy this document, run “{1}”. To test the server completely, run “{2}”.',
    l10n.t('ChatKit: Mute Protocol Rules…'),
    l10n.t('ChatKit: Copy Protocol Problems as Markdown'),
    l10n.t('ChatKit: Check Server…'),
  );
  const mutedText = muted.length === 0 ? '' : `\n## ${l10n.t('Muted rules')}\n\n${muted.join('\n')}\n`;
  return `${problemsAsMarkdown(groups, name)}${mutedText}\n---\n\n${hint}\n`;
}
