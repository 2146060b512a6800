import * as vscode from 'vscode';
import { fileNamePart, withoutReserved } from '../../base/common/fileName.ts';
import { type CheckReport, checkReportText, compareReports, parseCheckReport, stampOf } from '../common/checkReport.ts';
import { comparisonAsMarkdown, reportAsMarkdown } from '../common/reportMarkdown.ts';

const suffix = '.chatkit-check.json';
/** Older reports are deleted. */
const maxReports = 20;
/** Larger files are not reports of this version, in bytes. */
const maxBytes = 16 * 1024 * 1024;

export interface SavedReport {
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
