import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { newWidgetFile } from '../../src/widgets/vscode/fileNames.ts';
import { activated } from '../support/activated.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';

const template =
  '{"type":"Card","children":[{"type":"Text","value":{{ title | tojson }}},{"type":"Icon","name":"star"}]}';
const schema = {
  type: 'object',
  properties: { title: { type: 'string', description: 'The headline' } },
  required: ['title'],
};
const encode = (state: unknown) =>
  Buffer.from(JSON.stringify({ id: 'wig_1', defaultState: state })).toString('base64url');
const fileText = (source = template) =>
  JSON.stringify(
    { version: '1.0', name: 'Parts', template: source, jsonSchema: schema, encodedWidget: encode({ title: 'First' }) },
    null,
    2,
  );

/** The URI that *Edit Template* opens for a file. */
function partOf(file: vscode.Uri, ending: string): vscode.Uri {
  return vscode.Uri.from({ scheme: 'chatkit-widget', path: file.path + ending, query: file.toString() });
}

async function withFile(name: string, text: string, action: (file: vscode.Uri) => Promise<void>): Promise<void> {
  await activated();
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  const file = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  try {
    await action(file);
  } finally {
    for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(file);
  }
}

async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const at = document.getText().indexOf(from);
  assert.ok(at >= 0, from);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

const onDisk = async (file: vscode.Uri) =>
  JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) as Record<string, unknown>;
const templateIn = (document: vscode.TextDocument) => (JSON.parse(document.getText()) as { template: string }).template;

async function openTemplate(file: vscode.Uri): Promise<{ part: vscode.TextDocument; document: vscode.TextDocument }> {
  await vscode.window.showTextDocument(file, { preview: false });
  await vscode.commands.executeCommand('chatkit.editTemplate', file);
  const part = vscode.window.activeTextEditor?.document;
  assert.equal(part?.uri.toString(), partOf(file, '-template').toString());
  assert.ok(part);
  return { part, document: await vscode.workspace.openTextDocument(file) };
}

export const suite: HostSuite = {
  name: 'parts of widget files',
  cases: {
    'the template opens unescaped in its own language, and changes go both ways': async () => {
      await withFile('parts.widget', fileText(), async (file) => {
        const { part, document } = await openTemplate(file);
        assert.equal(part.languageId, 'chatkit-widget-template');
        assert.equal(part.getText(), template);
        await replace(part, '"Text"', '"Title"');
        await until(() => templateIn(document) === template.replace('"Text"', '"Title"'), 'the change in the file');
        assert.ok(document.isDirty);
        await replace(document, '\\"star\\"', '\\"bolt\\"');
        await until(() => part.getText().includes('"bolt"'), 'the change in the template');
      });
    },

    'saving the template saves the file': async () => {
      await withFile('saved.widget', fileText(), async (file) => {
        const { part, document } = await openTemplate(file);
        await replace(part, '"Text"', '"Title"');
        assert.ok(await part.save());
        assert.equal(part.isDirty, false);
        assert.equal(document.isDirty, false);
        assert.equal((await onDisk(file))['template'], template.replace('"Text"', '"Title"'));
      });
    },

    'saving or undoing in the file updates the template': async () => {
      await withFile('settled.widget', fileText(), async (file) => {
        const { part, document } = await openTemplate(file);
        await replace(part, '"Text"', '"Title"');
        await until(() => document.isDirty, 'unsaved changes of the file');
        await document.save();
        await until(() => !part.isDirty, 'a template without unsaved changes');
        assert.equal((await onDisk(file))['template'], part.getText());

        await replace(part, '"Title"', '"Caption"');
        await until(() => templateIn(document).includes('"Caption"'), 'the change in the file');
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('undo');
        await until(() => part.getText().includes('"Title"') && !part.isDirty && !document.isDirty, 'the saved state');
      });
    },

    'a change of the file on the disk is shown, also while it is open only as a template': async () => {
      await withFile('external.widget', fileText(), async (file) => {
        await vscode.commands.executeCommand('chatkit.editTemplate', file);
        const part = vscode.window.activeTextEditor?.document;
        assert.ok(part?.uri.scheme === 'chatkit-widget');
        const changed = template.replace('"star"', '"globe"');
        await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(fileText(changed)));
        await until(() => part.getText() === changed, 'the text of the disk');
        assert.equal(part.isDirty, false);
      });
    },

    'a change of the file on the disk replaces no unsaved text, and the reverse': async () => {
      await withFile('conflict.widget', fileText(), async (file) => {
        const { part, document } = await openTemplate(file);
        const mine = template.replace('"Text"', '"Title"');
        await replace(part, '"Text"', '"Title"');
        await until(() => templateIn(document) === mine, 'the change in the file');
        const theirs = fileText(template.replace('"star"', '"globe"'));
        await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(theirs));
        const disk = async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(file));

        assert.equal(await part.save(), false);
        assert.deepEqual([part.getText(), templateIn(document), await disk()], [mine, mine, theirs]);
        assert.ok(part.isDirty && document.isDirty);

        await vscode.commands.executeCommand('undo');
        await until(() => part.getText() === template && templateIn(document) === template, 'the text before');
        assert.equal(await disk(), theirs);

        // Reverting the file shows the version of the disk in both editors.
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
        await until(() => document.getText() === theirs, 'the text of the disk');
        await until(() => part.getText() === template.replace('"star"', '"globe"') && !part.isDirty, 'its template');
      });
    },

    'the schema and the sample data are edited in the same way': async () => {
      await withFile('data.widget', fileText(), async (file) => {
        await vscode.commands.executeCommand('chatkit.editWidgetData', file);
        const data = vscode.window.activeTextEditor?.document;
        assert.ok(data);
        assert.equal(data.languageId, 'json');
        assert.equal(data.getText(), '{\n  "title": "First"\n}\n');
        await replace(data, '"First"', '"Second ünd 😀"');
        assert.ok(await data.save());
        const encoded = String((await onDisk(file))['encodedWidget']);
        assert.deepEqual(JSON.parse(Buffer.from(encoded, 'base64url').toString()), {
          id: 'wig_1',
          defaultState: { title: 'Second ünd 😀' },
        });
        await vscode.commands.executeCommand('chatkit.editWidgetSchema', file);
        const edited = vscode.window.activeTextEditor?.document;
        assert.ok(edited);
        await replace(edited, '"The headline"', '"The title"');
        assert.ok(await edited.save());
        assert.match(JSON.stringify((await onDisk(file))['jsonSchema']), /"The title"/);
      });
    },

    'a problem is marked in the template, the schema of the file is known, and it can be formatted': async () => {
      await withFile('language.widget', fileText(template.replace('title |', 'titel |')), async (file) => {
        const { part } = await openTemplate(file);
        const marks = () => vscode.languages.getDiagnostics(part.uri).map(({ range }) => part.getText(range));
        await until(() => marks().join() === 'titel', 'the mark of an undefined name');
        await replace(part, 'titel', 'title');
        await until(() => marks().length === 0, 'no mark');

        const at = (text: string, shift = 0) => part.positionAt(part.getText().indexOf(text) + shift);
        const labels = async (position: vscode.Position) => {
          const list = await vscode.commands.executeCommand<vscode.CompletionList>(
            'vscode.executeCompletionItemProvider',
            part.uri,
            position,
          );
          return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
        };
        assert.ok((await labels(at('"star"', 2))).includes('calendar'), 'icons');
        assert.ok((await labels(at('title |', 2))).includes('title'), 'names of the schema');
        assert.ok((await labels(at('"Text"', 2))).includes('Badge'), 'components');
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          part.uri,
          at('"Icon"', 2),
        );
        const shown = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
        assert.match(shown.map(({ value }) => value.replaceAll('&nbsp;', ' ')).join(), /named icon/);
        const definitions = await vscode.commands.executeCommand<vscode.Location[]>(
          'vscode.executeDefinitionProvider',
          part.uri,
          at('title |', 2),
        );
        assert.equal(definitions[0]?.uri.toString(), partOf(file, '-schema.json').toString());
        await vscode.commands.executeCommand('editor.action.formatDocument');
        await until(() => part.lineCount > 3, 'several lines');
        assert.match(part.getText(), /\n {2}"children": \[\{ "type": "Text"/);
      });
    },

    'a file that is not JSON keeps the template, and saving shows the reason': async () => {
      await withFile('broken.widget', fileText(), async (file) => {
        const { part, document } = await openTemplate(file);
        await replace(document, '"template": "', '"tem');
        await replace(part, '"Text"', '"Title"');
        assert.match(part.getText(), /"Title"/);
        assert.equal(
          await part.save().then(
            (saved) => saved,
            () => false,
          ),
          false,
        );
        const messages = () => vscode.languages.getDiagnostics(part.uri).map(({ message }) => message);
        await until(() => messages().some((message) => /cannot be read/.test(message)), 'the reason');
        assert.ok(part.isDirty);
      });
    },

    'a template closes with its file': async () => {
      await withFile('gone.widget', fileText(), async (file) => {
        await vscode.commands.executeCommand('chatkit.editTemplate', file);
        const part = vscode.window.activeTextEditor?.document;
        assert.ok(part);
        await vscode.workspace.fs.delete(file);
        const exists = async () => {
          try {
            return (await vscode.workspace.fs.stat(part.uri)).size > 0;
          } catch {
            return false;
          }
        };
        await until(async () => !(await exists()), 'a template that does not exist');
        await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(fileText()));
        await until(exists, 'the template of the file that exists again');
      });
    },

    'undo in the template restores the state of the disk, also with two editors and the file open': async () => {
      await withFile('undone.widget', fileText(), async (file) => {
        const { part, document } = await openTemplate(file);
        await vscode.commands.executeCommand('workbench.action.splitEditor');
        await vscode.commands.executeCommand('type', { text: '  ' });
        await until(() => document.isDirty && templateIn(document).startsWith('  '), 'the change in the file');
        await vscode.commands.executeCommand('undo');
        await until(() => part.getText() === template && templateIn(document) === template, 'the text before');
        await until(() => !part.isDirty && !document.isDirty, 'no unsaved changes');
        assert.equal((await onDisk(file))['template'], template);
        await vscode.commands.executeCommand('redo');
        await until(() => templateIn(document).startsWith('  ') && document.isDirty, 'the change again');
        await vscode.commands.executeCommand('undo');
        await until(() => !part.isDirty && !document.isDirty, 'no unsaved changes again');
      });
    },

    'a new widget replaces no file that the dialog did not ask about': async () => {
      await withFile('taken.widget', fileText(), async (file) => {
        const chosen = (name: string) => newWidgetFile(vscode.Uri.joinPath(file, '..', name));
        const names = await Promise.all(['taken.widget', 'taken', 'free', 'free.txt'].map(chosen));
        assert.deepEqual(
          names.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
          ['taken.widget', 'taken-2.widget', 'free.widget', 'free.txt.widget'],
        );
      });
    },
  },
};
