import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { fileNamePart, withoutReserved } from '../../base/common/fileName.ts';
import {
  type CheckReport,
  checkReportText,
  compareReports,
  countVerdicts,
  parseCheckReport,
  stampOf,
} from '../common/checkReport.ts';
import { comparisonAsMarkdown, reportAsMarkdown } from '../common/reportMarkdown.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { askChoice, askText } from '../../base/vscode/quickInput.ts';
import { type Step, back, runSteps } from '../../base/vscode/steps.ts';
import { confirm } from '../../chatkit/vscode/notify.ts';
import { readOnlyError } from '../../chatkit/common/errors.ts';
import type { ConnectionRef } from '../../chatkit/common/model/thread.ts';
import { runEditorCommand } from '../../chatkit/vscode/commands.ts';
import { showStatus, showWarning } from '../../base/vscode/messages/notifications.ts';
import { Times } from '../../threads/common/summary/times.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { UnfinishedChecks } from './unfinishedChecks.ts';
import { type CheckChoices, runCheck } from './runCheck.ts';

/** Checks the server of a connection and opens the report. Resolves to the report; undefined when the user cancels first. */
export async function checkServerCommand(
  services: Services,
  { reports, unfinished }: { readonly reports: SavedReports; readonly unfinished: UnfinishedChecks },
  row: ConnectionRef | undefined,
): Promise<CheckReport | undefined> {
  const { connections } = services;
  const connection =
    row === undefined
      ? await pickConnection(connections, l10n.t('Select the connection to check'), ({ readOnly }) => readOnly !== true)
      : connections.get(row.connectionId);
  if (connection === undefined) return undefined;
  if (connection.readOnly === true) throw readOnlyError();
  const choices = await askCheckOptions(connection, connections.actingUser(connection.id));
  if (choices === undefined) return undefined;
  const report = await runCheck(services, unfinished, connection, choices);
  const document = await reports.save(report);
  await present(report, document);
  return report;
}

async function present({ outcome, leftBehind, rules }: CheckReport, document: vscode.Uri): Promise<void> {
  if (leftBehind.length > 0) {
    const show = l10n.t('Show Report');
    const message =
      leftBehind.length === 1
        ? l10n.t('The check could not delete 1 thread or attachment that it created.')
        : l10n.t('The check could not delete {0} threads or attachments that it created.', leftBehind.length);
    if (outcome === 'cancelled') {
      if ((await showWarning(message, show)) === show) await openDocument(document);
      return;
    }
    void showWarning(message);
  } else if (outcome === 'cancelled') {
    return showStatus(l10n.t('Check cancelled. All temporary threads were deleted.'), 5_000);
  }
  const { failed } = countVerdicts(rules);
  if (failed === 0) showStatus(l10n.t('Check complete. No rule failed.'), 5_000);
  await openDocument(document);
}

/** Lets the user select two reports and opens their comparison. */
export async function compareChecksCommand(reports: SavedReports): Promise<void> {
  const saved = await reports.all();
  const after = await pickReport(reports, saved, l10n.t('Select the later report'));
  if (after === undefined) return;
  const others = saved.filter(({ uri }) => uri.toString() !== after.uri.toString());
  const before = await pickReport(reports, others, l10n.t('Select the earlier report'));
  if (before === undefined) return;
  await openDocument(await reports.compare(before.report, after.report));
}

const times = new Times(vscode.env.language);

interface ReportRow extends vscode.QuickPickItem {
  /** Undefined: a file is selected next. */
  readonly saved?: SavedReport;
}

async function pickReport(
  reports: SavedReports,
  saved: readonly SavedReport[],
  placeHolder: string,
): Promise<SavedReport | undefined> {
  const rows: readonly ReportRow[] = [
    ...saved.map((one) => ({
      label: withoutIcons(one.report.connection.name),
      description: times.dateTime(Date.parse(one.report.startedAt)),
      detail: resultText(one.report),
      saved: one,
    })),
    { label: `$(folder-opened) ${l10n.t('Select a File…')}` },
  ];
  const picked = await vscode.window.showQuickPick(rows, { placeHolder, matchOnDescription: true });
  if (picked === undefined || picked.saved !== undefined) return picked?.saved;
  const filters = { [l10n.t('Server check reports')]: ['json'] };
  const [uri] = (await vscode.window.showOpenDialog({ filters, title: placeHolder })) ?? [];
  if (uri === undefined) return undefined;
  const read = await reports.read(uri);
  if (read === null) void showWarning(l10n.t('The file is not a server check report.'));
  return read ?? undefined;
}

function resultText({ rules }: CheckReport): string {
  const { failed, passed, skipped } = countVerdicts(rules);
  return l10n.t('{0} failed, {1} passed, {2} skipped', failed, passed, skipped);
}

/** Shows a Markdown document rendered; as text where the editor cannot render it. */
export async function openDocument(uri: vscode.Uri): Promise<void> {
  try {
    await runEditorCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { preview: false });
  }
}

const defaultUser = 'chatkit-inspector-check';

/**
 * Asks for the user, the origin and the scope of a check, and for one confirmation that explains its effects. Resolves to
 * undefined when the user cancels. `user`: the user that the connection acts as; null for none.
 */
async function askCheckOptions(connection: Connection, user: string | null): Promise<CheckChoices | undefined> {
  const initial: CheckChoices = { user, origin: null, scope: 'full' };
  const title = l10n.t('Check Server: {0}', connection.name);
  const choices = await runSteps(title, initial, () => stepsFor(connection));
  if (choices === undefined) return undefined;
  const isConfirmed = await confirm(
    formatMessage(l10n.t('Check the server of “{0}”?'), connection.name),
    effectsOf(connection, choices),
    l10n.t('Check'),
  );
  return isConfirmed ? choices : undefined;
}

function stepsFor({ kind, userHeader }: Connection): readonly Step<CheckChoices>[] {
  if (kind === 'openai') return [];
  return [...(userHeader === undefined ? [] : [askUser(userHeader)]), askOrigin, askScope];
}

function askUser(userHeader: string): Step<CheckChoices> {
  return async (state, view) => {
    const answer = await askText({
      ...view,
      prompt: l10n.t('User of the temporary threads, sent in the header {0}', userHeader),
      value: state.user ?? defaultUser,
      validate: (text) =>
        /^[\x20-\x7e]{1,1000}$/.test(text.trim())
          ? undefined
          : l10n.t('Enter a user without line breaks or non-ASCII characters.'),
    });
    return answer === undefined || answer === back ? answer : { ...state, user: answer };
  };
}

const askOrigin: Step<CheckChoices> = async (state, view) => {
  const answer = await askText({
    ...view,
    prompt: l10n.t('Origin of the page that uses the server, to check CORS (optional)'),
    placeholder: 'https://app.example.com',
    value: state.origin ?? '',
    validate: (text) =>
      text.trim() === '' || originOfPage(text) !== null
        ? undefined
        : l10n.t('Enter an origin such as https://app.example.com, or leave this empty.'),
  });
  return answer === undefined || answer === back ? answer : { ...state, origin: originOfPage(answer) };
};

const askScope: Step<CheckChoices> = async (state, view) => {
  const answer = await askChoice<CheckChoices['scope']>({
    ...view,
    placeholder: l10n.t('Select how many messages to send'),
    choices: [
      { label: l10n.t('Full'), detail: l10n.t('About 70 messages: pages of a thread with 120 items.'), value: 'full' },
      { label: l10n.t('Quick'), detail: l10n.t('About 20 messages: pages of a thread with 12 items.'), value: 'quick' },
    ],
    active: state.scope,
  });
  return answer === undefined || answer === back ? answer : { ...state, scope: answer };
};

function originOfPage(text: string): string | null {
  const url = text.trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).origin : null;
}

function effectsOf(connection: Connection, { user, scope }: CheckChoices): string {
  if (connection.kind === 'openai')
    return l10n.t(
      'The check reads up to five threads and sends invalid requests. It creates no threads, sends no messages and changes nothing.',
    );
  const messages =
    scope === 'full'
      ? l10n.t('The check creates temporary threads and sends about 70 messages, which your model may charge for.')
      : l10n.t('The check creates temporary threads and sends about 20 messages, which your model may charge for.');
  const owner =
    user === null
      ? l10n.t('The threads belong to the user of the connection’s credentials.')
      : l10n.t('The threads belong to the user “{0}”.', user);
  const rest = l10n.t(
    'It uploads a small text file, renames and retries, sends feedback and an unknown widget action, and reads up to three existing threads. At the end, also after Cancel, it deletes what it created.',
  );
  return `${messages} ${owner}\n\n${rest}`;
}

const suffix = '.chatkit-check.json';
/** Older reports are deleted. */
const maxReports = 20;
/** Larger files are not reports of this version, in bytes. */
const maxBytes = 16 * 1024 * 1024;

interface SavedReport {
  readonly uri: vscode.Uri;
  readonly report: CheckReport;
}

/** The reports of this machine: for each check a Markdown document and its JSON next to it, the newest 20. */
export class SavedReports {
  readonly #folder: vscode.Uri;

  constructor(globalStorage: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(globalStorage, 'checks');
  }

  /** Saves a report. Returns the address of its document, which contains the changes since the report before it. */
  async save(report: CheckReport): Promise<vscode.Uri> {
    const { name, url } = report.connection;
    const earlier = (await this.all()).find(
      ({ report: { connection, rules } }) => connection.name === name && connection.url === url && rules.length > 0,
    );
    const base = withoutReserved(`${fileNamePart(name, 60) || 'server'}-${stampOf(report.startedAt)}`);
    const json = `${base}${suffix}`;
    const changes =
      earlier === undefined ? null : { before: earlier.report, list: compareReports(earlier.report, report) };
    await vscode.workspace.fs.createDirectory(this.#folder);
    await this.#write(json, checkReportText(report));
    const document = await this.#write(`${base}.md`, reportAsMarkdown(report, { json, changes }));
    await this.#deleteOld();
    return document;
  }

  /** Saves the comparison of two reports. Returns the address of its document. */
  async compare(before: CheckReport, after: CheckReport): Promise<vscode.Uri> {
    await vscode.workspace.fs.createDirectory(this.#folder);
    const name = `comparison-${stampOf(before.startedAt)}-${stampOf(after.startedAt)}.md`;
    return this.#write(name, comparisonAsMarkdown(before, after, compareReports(before, after)));
  }

  /** All reports that can be read, the newest first. */
  async all(): Promise<readonly SavedReport[]> {
    const reports = await Promise.all(
      (await this.#names()).map((name) => this.read(vscode.Uri.joinPath(this.#folder, name))),
    );
    return reports.filter((saved) => saved !== null).sort((a, b) => (a.report.startedAt < b.report.startedAt ? 1 : -1));
  }

  /** Returns the report in a file; null where it is not a report. */
  async read(uri: vscode.Uri): Promise<SavedReport | null> {
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > maxBytes) return null;
      const report = parseCheckReport(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
      return report === null ? null : { uri, report };
    } catch {
      return null;
    }
  }

  async #names(): Promise<readonly string[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.#folder);
      return entries.map(([name]) => name).filter((name) => name.endsWith(suffix));
    } catch {
      return []; // The folder does not exist before the first check.
    }
  }

  async #write(name: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.joinPath(this.#folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  async #deleteOld(): Promise<void> {
    const old = (await this.all()).slice(maxReports);
    for (const { uri } of old) {
      await vscode.workspace.fs.delete(uri);
      const document = uri.with({ path: `${uri.path.slice(0, -suffix.length)}.md` });
      await vscode.workspace.fs.delete(document).then(undefined, () => undefined);
    }
  }
}
