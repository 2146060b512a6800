import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activated } from '../support/activated.ts';
import { dialectFolder } from '../support/dialectServer.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { withThreads } from '../support/hostThreads.ts';
import { until } from '../support/hostWait.ts';

const template = (value: string) =>
  `{"type":"Card","children":[{"type":"Text","value":{{ (${value}) | tojson }}},{"type":"Icon","name":"calendar"}]}`;
const widgetFile = (source: string) =>
  JSON.stringify(
    {
      version: '1.0',
      name: 'Greeting',
      template: source,
      jsonSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    },
    null,
    2,
  );

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
const customTabs = (uri: vscode.Uri) =>
  tabs().filter(
    ({ input }) =>
      input instanceof vscode.TabInputCustom &&
      input.viewType === 'chatkit.widgetEditor' &&
      input.uri.toString() === uri.toString(),
  );
const textTabs = (uri: vscode.Uri) =>
  tabs().filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
const panelTabs = () =>
  tabs().filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('chatkit.widgetPreview'),
  );

/** The highlighted texts of our diagnostics of a document. */
const marks = (document: vscode.TextDocument) =>
  vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'ChatKit')
    .map(({ range }) => document.getText(range));

/** Runs a case with a file in the workspace; closes its editors and deletes it afterwards. */
async function withFile(name: string, text: string, action: (uri: vscode.Uri) => Promise<void>): Promise<void> {
  await activated();
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  try {
    await action(uri);
  } finally {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
  }
}

async function replaceText(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.getText().indexOf(from);
  assert.ok(start >= 0, from);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  edit.replace(document.uri, range, to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

export const suite: HostSuite = {
  name: 'widget editor',
  cases: {
    'a .widget file opens as text, with its preview to the side': async () => {
      await withFile('beside.widget', widgetFile(template('name')), async (uri) => {
        await vscode.commands.executeCommand('vscode.open', uri);
        await until(() => customTabs(uri).length === 1 && textTabs(uri).length === 1, 'the preview and the text');
        const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
        assert.equal(document?.languageId, 'chatkit-widget');

        // The text and the preview share one document: an edit makes both dirty, and undo applies to both.
        assert.ok(document);
        assert.ok((customTabs(uri)[0]?.group.viewColumn ?? 0) > (textTabs(uri)[0]?.group.viewColumn ?? 9));
        await replaceText(document, 'Greeting', 'Farewell');
        await until(() => customTabs(uri)[0]?.isDirty === true, 'a preview that is dirty');
        await vscode.window.showTextDocument(document, { viewColumn: textTabs(uri)[0]?.group.viewColumn ?? 1 });
        await vscode.commands.executeCommand('undo');
        assert.match(document.getText(), /Greeting/);
      });
    },

    'a preview that the user closes stays closed; one in a preview tab is closed with its text': async () => {
      await withFile('closed.widget', widgetFile(template('name')), async (uri) => {
        await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
        await until(() => customTabs(uri).length === 1, 'the preview');
        await vscode.window.tabGroups.close(customTabs(uri));
        await vscode.window.showTextDocument(uri, { preview: false });
        assert.equal(customTabs(uri).length, 0);
        await vscode.window.tabGroups.close(textTabs(uri));

        await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
        await until(() => customTabs(uri).length === 1, 'the preview of a text that is opened again');
        await vscode.window.tabGroups.close(textTabs(uri));
        await until(() => customTabs(uri).length === 0, 'no preview without its text');
      });
    },

    'a diff compares texts': async () => {
      await withFile('compared.widget', widgetFile(template('name')), async (uri) => {
        await vscode.commands.executeCommand('vscode.diff', uri, uri);
        await until(() => tabs().some(({ input }) => input instanceof vscode.TabInputTextDiff), 'the comparison');
        assert.equal(customTabs(uri).length, 0);
      });
    },

    'an undefined name is reported while typing, until it is fixed or the document is closed': async () => {
      await withFile('marks.widget', widgetFile(template('name')), async (uri) => {
        // Not through the API, which would keep the document open after its editors are closed.
        await vscode.commands.executeCommand('vscode.open', uri);
        const document = vscode.window.activeTextEditor?.document;
        assert.equal(document?.uri.toString(), uri.toString());
        assert.ok(document);
        await replaceText(document, '(name)', '(nmae)');
        await until(() => marks(document).join() === 'nmae', 'the mark of an undefined name');
        const [mark] = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'ChatKit');
        assert.match(mark?.message ?? '', /^nmae is not defined/);
        assert.equal(mark?.severity, vscode.DiagnosticSeverity.Error);

        await replaceText(document, '(nmae)', '(name)');
        await until(() => marks(document).length === 0, 'no mark');
        await replaceText(document, '\\"calendar\\"', '\\"calender\\"');
        await until(() => marks(document).join() === '\\"calender\\"', 'the mark of an unknown icon');

        await vscode.commands.executeCommand('workbench.action.files.revert');
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await until(() => vscode.languages.getDiagnostics(uri).length === 0, 'no mark of a closed file');
      });
    },

    'a hostile file: its problem is reported, and another file is still evaluated': async () => {
      const schema = { type: 'object', required: ['a'], properties: { a: { $ref: '#/$defs/a' } }, $defs: {} };
      const definitions = Array.from({ length: 26 }, (_, level) => {
        const inner = { $ref: `#/$defs/${String.fromCharCode(98 + level)}` };
        return [String.fromCharCode(97 + level), { allOf: [inner, inner] }];
      });
      const doubling = { ...schema, $defs: { ...Object.fromEntries(definitions), '{': { type: 'string' } } };
      const hostile = JSON.stringify({ version: '1.0', name: 'x', template: '{}', jsonSchema: doubling });
      assert.ok(hostile.length < 2_000);
      // Prints nothing: on a fast machine, its text would reach the limit of texts first.
      const loops = `${'{% for a in range(20000) %}'.repeat(2)}{% set b = a %}${'{% endfor %}'.repeat(2)}`;
      const messages = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).map(({ message }) => message);
      await withFile('hostile.widget', hostile, async (uri) => {
        await vscode.window.showTextDocument(uri);
        await until(() => messages(uri).some((message) => /schema takes more than/.test(message)), 'the limit');
        await withFile('loops.widget', widgetFile(loops), async (looping) => {
          await vscode.window.showTextDocument(looping);
          const isReported = () =>
            messages(looping).some((message) => /longer than 2 s|more than [\d,]+ steps/.test(message));
          await until(isReported, 'the limit of time or steps');
          await withFile('other.widget', widgetFile(template('nmae')), async (other) => {
            const { document } = await vscode.window.showTextDocument(other);
            await until(() => marks(document).join() === 'nmae', 'the mark of an undefined name');
          });
        });
      });
    },

    'shared templates have an error exactly where Python has one': async (t) => {
      const dialects = dialectFolder();
      if (dialects === null) return t.skip('no ../shared/dialects');
      const errors = (uri: vscode.Uri) =>
        vscode.languages
          .getDiagnostics(uri)
          .filter(({ source, severity }) => source === 'ChatKit' && severity === vscode.DiagnosticSeverity.Error)
          .map(({ message }) => message);
      for (const folder of ['template-constructs', 'template-dictionary-method'].map((name) => join(dialects, name))) {
        const lines = readFileSync(join(folder, 'python-says.txt'), 'utf8').split('\n');
        for (const name of readdirSync(folder).filter((file) => file.endsWith('.widget'))) {
          const result = (lines[lines.indexOf(name) + 1] ?? '').trim();
          const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { template: string };
          // The undefined name at the end is reported only after everything before it was rendered.
          file.template += '{{ undefined_at_the_end }}';
          const expected = result.startsWith('{')
            ? 'undefined_at_the_end is not defined'
            : result.replace(/^\w+: /, '');
          await withFile(name, JSON.stringify(file), async (uri) => {
            await vscode.window.showTextDocument(uri);
            await until(() => errors(uri).length > 0, `the error of ${name}`);
            assert.ok(
              errors(uri).length === 1 && errors(uri)[0]?.includes(expected),
              `${name}: ${errors(uri).join(' ')}`,
            );
          });
        }
      }
    },

    'a file and its outputJsonPreview are validated by their schemas': async () => {
      const wrong = JSON.stringify({
        version: '2.0',
        name: 'x',
        template: '{}',
        outputJsonPreview: { type: 'Card', children: [], sise: 'sm' },
      });
      await withFile('schema.widget', wrong, async (uri) => {
        const { document } = await vscode.window.showTextDocument(uri);
        const marked = () => vscode.languages.getDiagnostics(uri).map(({ range }) => document.getText(range));
        await until(() => marked().includes('"2.0"'), 'the mark of a version that there is not');
        await until(() => marked().includes('"sise"'), 'the mark of a prop that there is not');
      });
    },

    'Preview Widget shows the widget of any JSON document, once': async () => {
      await withFile('card.json', '{ "type": "Card", "children": [] }', async (uri) => {
        await vscode.window.showTextDocument(uri);
        await vscode.commands.executeCommand('chatkit.previewWidget');
        await until(() => panelTabs().length === 1, 'the preview');
        assert.equal(panelTabs()[0]?.label, 'Preview card.json');
        assert.notEqual(panelTabs()[0]?.group.viewColumn, textTabs(uri)[0]?.group.viewColumn);
        await vscode.commands.executeCommand('chatkit.previewWidget', uri);
        assert.equal(panelTabs().length, 1);
      });
    },

    'Preview Widget opens a .widget file in the custom editor': async () => {
      await withFile('own.widget', widgetFile(template('name')), async (uri) => {
        await vscode.window.showTextDocument(uri);
        await vscode.commands.executeCommand('chatkit.previewWidget');
        await until(() => customTabs(uri).length === 1, 'the preview');
        assert.equal(panelTabs().length, 0);

        // Running the command again shows the same preview, also while the one beside the text is being opened.
        await vscode.commands.executeCommand('chatkit.previewWidget', uri);
        assert.equal(customTabs(uri).length, 1);
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await vscode.window.showTextDocument(uri, { preview: false });
        const asked = ['first', 'second'].map(() => vscode.commands.executeCommand('chatkit.previewWidget', uri));
        await Promise.all(asked);
        assert.equal(customTabs(uri).length, 1);
      });
    },

    'the widget of an item opens as JSON with the schema of widgets and as a preview': async () => {
      await withThreads(await activated(), {}, async (stage) => {
        const widget = JSON.stringify({ type: 'Card', children: [{ type: 'Icon', name: 'no-such' }], sise: 'sm' });
        const items = [{ created_at: 2_000_000_000, body: { type: 'chatkit.widget', widget } }];
        const body = { user: 'ada', title: 'A widget', created_at: 2_000_000_000, items };
        const { id: threadId } = (await stage.control('POST', 'threads', body)) as { readonly id: string };
        const store = stage.model.store('a');
        await store?.loadLatest(threadId, new AbortController().signal);
        const item = store?.items(threadId).windows[0]?.items[0];
        assert.ok(item);
        const ref = { connectionId: 'a', threadId, itemId: item.id };
        await vscode.commands.executeCommand('chatkit.previewWidget', ref);
        await until(() => panelTabs().length === 1, 'the preview');

        const uri = vscode.Uri.parse(`chatkit:/a/${threadId}/${item.id}.chatkit-widget.json`);
        const document = await vscode.workspace.openTextDocument(uri);
        await vscode.window.showTextDocument(document);
        assert.equal(document.getText(), `${JSON.stringify(JSON.parse(widget), null, 2)}\n`);
        const marked = () => vscode.languages.getDiagnostics(uri).map(({ range }) => document.getText(range));
        await until(() => marked().includes('"sise"'), 'the squiggle of the schema');
        await until(() => marks(document).join() === '"no-such"', 'our mark of what the schema does not know');
      });
    },
  },
};
