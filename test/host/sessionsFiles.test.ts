import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated } from '../support/activated.ts';
import { listening, withSessions } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { next } from '../support/hostWait.ts';

const valid = { user: 'u', workflow: { id: 'w' } };
const variables = (state_variables: unknown) => ({ user: 'u', workflow: { id: 'w', state_variables } });
const expiry = (seconds: unknown) => ({ ...valid, expires_after: { anchor: 'created_at', seconds } });
const rate = (max_requests_per_1_minute: unknown) => ({ ...valid, rate_limits: { max_requests_per_1_minute } });
const upload = (file_upload: unknown) => ({ ...valid, chatkit_configuration: { file_upload } });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));

/**
 * Violations of every limit of chatkit-api 2.1, and the marked text. A missing field is marked at the brace of its object
 * or, in some versions of the editor, at the name of the object.
 */
const invalid: readonly [name: string, body: unknown, ...marked: string[]][] = [
  ['no user', { workflow: { id: 'w' } }, '{'],
  ['an empty user', { ...valid, user: '' }, '""'],
  ['user as a number', { ...valid, user: 1 }, '1'],
  ['no workflow', { user: 'u' }, '{'],
  ['no workflow id', { user: 'u', workflow: {} }, '{', '"workflow"'],
  ['65 variables', variables(many(65)), '{', '"state_variables"'],
  ['a variable name of 65 characters', variables({ ['k'.repeat(65)]: 1 }), `"${'k'.repeat(65)}"`],
  ['a variable that is an object', variables({ a: {} }), '{}'],
  ['a variable that is null', variables({ a: null }), 'null'],
  ['tracing that is not a boolean', { user: 'u', workflow: { id: 'w', tracing: { enabled: 'yes' } } }, '"yes"'],
  ['an invalid anchor', { ...valid, expires_after: { anchor: 'now', seconds: 5 } }, '"now"'],
  ['no seconds', { ...valid, expires_after: { anchor: 'created_at' } }, '{', '"expires_after"'],
  ['0 seconds', expiry(0), '0'],
  ['601 seconds', expiry(601), '601'],
  ['half a second', expiry(0.5), '0.5'],
  ['0 requests', rate(0), '0'],
  ['requests as text', rate('10'), '"10"'],
  ['0 MB', upload({ max_file_size: 0 }), '0'],
  ['513 MB', upload({ max_file_size: 513 }), '513'],
  ['0 files', upload({ max_files: 0 }), '0'],
  ['0 recent threads', { ...valid, chatkit_configuration: { history: { recent_threads: 0 } } }, '0'],
  ['titling as a number', { ...valid, chatkit_configuration: { automatic_thread_titling: { enabled: 1 } } }, '1'],
  ['an unknown field', { ...valid, scope: {} }, '"scope"'],
  ['an invalid placeholder', { ...valid, user: '${env:}' }, '"${env:}"'],
  ['text around a placeholder for a number', expiry('1${input:s}'), '"1${input:s}"'],
];

/** Shows the document, because the editor validates only visible documents. */
async function show(uri: vscode.Uri): Promise<vscode.TextDocument> {
  return (await vscode.window.showTextDocument(uri)).document;
}

async function write(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}

/** Waits until a diagnostic marks one of these texts. */
async function marked(document: vscode.TextDocument, texts: readonly string[], why = ''): Promise<vscode.Diagnostic> {
  const matches = (mark: string): boolean => texts.some((text) => mark.startsWith(text));
  const find = () =>
    vscode.languages.getDiagnostics(document.uri).find(({ range }) => matches(document.getText(range)));
  const found = find();
  if (found !== undefined) return found;
  const what = `a diagnostic at ${texts.join(' or ')} ${why}`;
  await next(vscode.languages.onDidChangeDiagnostics, what, () => find() !== undefined, 30_000);
  return find() ?? assert.fail('the diagnostic disappeared');
}

async function unmarked(document: vscode.TextDocument): Promise<void> {
  const isClean = () => vscode.languages.getDiagnostics(document.uri).length === 0;
  if (!isClean()) await next(vscode.languages.onDidChangeDiagnostics, 'no diagnostics', isClean, 30_000);
}

export const suite: HostSuite = {
  name: 'session files',
  cases: {
    'a violated limit is marked and prevents the request': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const document = await show(await stage.file('{}'));
        assert.equal(document.languageId, 'jsonc');
        for (const [name, body, ...texts] of invalid) {
          await write(document, JSON.stringify(body, null, 2));
          await marked(document, texts, `(${name})`);
          await listening([], async (heard) => {
            await vscode.commands.executeCommand('chatkit.createSessionFromFile', document.uri);
            assert.match(heard[0]?.text ?? '', /^Could not send/, name);
          });
          assert.deepEqual(await stage.arrived(), [], name);
          // The diagnostics of this text must not be mistaken for those of the next.
          await write(document, JSON.stringify(valid));
          await unmarked(document);
        }
      });
    },

    'a valid file with placeholders, comments and a connection has no diagnostics': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const text = `{
          // whom
          "connection": "A",
          "user": "\${input:user}",
          "workflow": { "id": "wf_\${env:PATH}", "version": "\${input:v}", "state_variables": { "a": "\${env:PATH}", "b": 1.5, "c": true }, "tracing": { "enabled": "\${input:trace}" } },
          "expires_after": { "anchor": "\${input:anchor}", "seconds": "\${input:seconds}" },
          "rate_limits": { "max_requests_per_1_minute": "\${env:PATH}" },
          "chatkit_configuration": {
            "automatic_thread_titling": { "enabled": "\${input:titles}" },
            "file_upload": { "enabled": "\${input:up}", "max_file_size": "\${input:size}", "max_files": "\${input:files}" },
            "history": { "enabled": "\${input:history}", "recent_threads": "\${input:recent}" }
          }
        }`;
        const document = await show(await stage.file(text));
        // When the added value is marked, the language server has validated the whole file.
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, document.positionAt(text.lastIndexOf('}')), ', "$schema": 1');
        await vscode.workspace.applyEdit(edit);
        await marked(document, ['1']);
        assert.deepEqual(
          vscode.languages.getDiagnostics(document.uri).map(({ range }) => document.getText(range)),
          ['1'],
        );
      });
    },

    'an unknown property is one error in the file': async () => {
      await withSessions(await activated(), {}, async ({ file }) => {
        const document = await show(await file(JSON.stringify({ ...valid, scope: {}, user: 1 })));
        await marked(document, ['"scope"']);
        // The schema reports the user: the editor has validated the file with it.
        await marked(document, ['1']);
        const found = vscode.languages
          .getDiagnostics(document.uri)
          .filter(({ range }) => document.getText(range).startsWith('"scope"'));
        assert.deepEqual(
          found.map(({ message, severity }) => [message, severity]),
          [['scope is an unknown property.', vscode.DiagnosticSeverity.Error]],
        );
      });
    },

    'warns about the version latest, an unknown connection and a variable that is not set': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const text =
          '{"connection":"Nowhere","user":"${env:CHATKIT_NOT_SET}","workflow":{"id":"w","version":"latest"}}';
        const document = await show(await stage.file(text));
        for (const at of ['"Nowhere"', '"${env:CHATKIT_NOT_SET}"', '"latest"']) {
          const { severity, source } = await marked(document, [at]);
          assert.deepEqual([at, severity, source], [at, vscode.DiagnosticSeverity.Warning, 'ChatKit']);
        }
      });
    },

    'the code lens Create Session includes unsaved changes': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const document = await show(await stage.file(JSON.stringify(valid)));
        const edit = new vscode.WorkspaceEdit();
        const start = document.getText().indexOf('"u"');
        edit.replace(
          document.uri,
          new vscode.Range(document.positionAt(start), document.positionAt(start + 3)),
          '"ada"',
        );
        await vscode.workspace.applyEdit(edit);
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          document.uri,
          10,
        );
        const lens = lenses.find(({ command }) => command?.command === 'chatkit.createSessionFromFile');
        assert.ok(lens?.command);
        assert.equal(lens.range.start.line, 0);
        await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
        assert.equal((await stage.arrived())[0]?.body, JSON.stringify({ ...valid, user: 'ada' }));
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      });
    },

    'hovers describe the fields and completion lists them': async () => {
      const services = await activated();
      await withSessions(services, {}, async (stage) => {
        const text = '{\n  "user": "u",\n  "workflow": { "id": "w" },\n  "x": 1\n}';
        const document = await show(await stage.file(text));
        await marked(document, ['"x"']);
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          document.positionAt(text.indexOf('"user"') + 2),
        );
        const hoverTexts = hovers
          .flatMap(({ contents }) => contents)
          .map((part) => (typeof part === 'string' ? part : part.value));
        assert.match(hoverTexts.join(), /end user/);
        const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          document.positionAt(text.indexOf('"x"') + 1),
        );
        const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
        for (const field of ['connection', 'expires_after', 'rate_limits', 'chatkit_configuration']) {
          assert.ok(labels.includes(field), labels.join());
        }
      });
    },
  },
};
