import * as vscode from 'vscode';
import { widgetStrings } from '../common/strings.ts';
import type { PreviewStrings } from '../common/protocol.ts';

/** Every text of the preview's page, in the editor's language. */
export function previewStrings(): PreviewStrings {
  return {
    preview: vscode.l10n.t('Widget preview: {0}'),
    drawing: vscode.l10n.t('Drawing'),
    themes: vscode.l10n.t('Theme'),
    themeLight: vscode.l10n.t('Light'),
    themeDark: vscode.l10n.t('Dark'),
    themeBoth: vscode.l10n.t('Both'),
    width: vscode.l10n.t('Width'),
    widthSmall: vscode.l10n.t('sm'),
    widthMedium: vscode.l10n.t('md'),
    widthLarge: vscode.l10n.t('lg'),
    widthFull: vscode.l10n.t('full'),
    openText: vscode.l10n.t('Open Text to the Side'),
    widgetOf: vscode.l10n.t('Widget {0} of {1}'),
    chooseWidget: vscode.l10n.t('Widget of the document'),
    stale: vscode.l10n.t('The document has errors. This is the last state that could be drawn.'),
    fallback: vscode.l10n.t('The template cannot be rendered. This is the file’s own outputJsonPreview.'),
    nothing: vscode.l10n.t('Nothing can be drawn yet.'),
    details: vscode.l10n.t('Details'),
    data: vscode.l10n.t('Data'),
    json: vscode.l10n.t('JSON'),
    problems: vscode.l10n.t('Problems ({0})'),
    noProblems: vscode.l10n.t('No problems found.'),
    goToProblem: vscode.l10n.t('Go to the place in the text'),
    runAgain: vscode.l10n.t('Run Again'),
    fold: vscode.l10n.t('Hide details'),
    unfold: vscode.l10n.t('Show details'),
    dataDefaultState: vscode.l10n.t('The file’s own default state'),
    dataFromSchema: vscode.l10n.t('Made from the file’s jsonSchema'),
    dataNone: vscode.l10n.t('The file has neither data nor a schema'),
    dataEdited: vscode.l10n.t('Written here; kept for this workspace, not in the file'),
    useOwn: vscode.l10n.t('Use the File’s Own'),
    useSchema: vscode.l10n.t('Make from Schema'),
    dataNotJson: vscode.l10n.t('This is not JSON, so it is not used yet: {0}'),
    dataNotObject: vscode.l10n.t('The data of a template is an object.'),
    dataValid: vscode.l10n.t('Valid'),
    dataProblems: vscode.l10n.t('Problems of the data'),
    copy: vscode.l10n.t('Copy'),
    copied: vscode.l10n.t('Copied'),
    collapse: vscode.l10n.t('Collapse'),
    expand: vscode.l10n.t('Expand'),
    jsonMore: vscode.l10n.t('{0} more…'),
    jsonEntries: vscode.l10n.t('{0} entries'),
    widget: translated(widgetStrings),
  };
}

/** Texts that stand in the pure floors in English. */
export function translated<T extends Readonly<Record<string, string>>>(texts: T): { readonly [K in keyof T]: string } {
  const entries = Object.entries(texts).map(([name, text]) => [name, vscode.l10n.t(text)]);
  return Object.fromEntries(entries) as { readonly [K in keyof T]: string };
}
