import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contextKeys, documentScheme, extensionId, views, webviewTypes } from '../../../src/chatkit/vscode/ids.ts';
import { contextKeysOf, readManifest, readTexts, whenClauses } from '../../support/manifest.ts';
import { readSources, readText } from '../../support/sources.ts';
import { commandTitles, customEditors, engine, identity, notYet, scripts, settings, viewTitles } from './surface.ts';

const manifest = readManifest();
const { contributes } = manifest;
const texts = readTexts();
const commands = new Map(contributes.commands.map((entry) => [entry.command, entry]));

/** A text with its `%key%` looked up. */
function textOf(text: string): string {
  const key = /^%(.+)%$/.exec(text)?.[1];
  return key === undefined ? text : (texts[key] ?? `${text} is not defined`);
}

const built = (id: string): boolean => !notYet.includes(id);

/** Keys of the editor that our clauses use. */
const editorKeys = new Set([
  'activeCustomEditorId',
  'activeWebviewPanelId',
  'editorLangId',
  'explorerResourceIsFolder',
  'focusedView',
  'inputFocus',
  'isWeb',
  'isWorkspaceTrusted',
  'listDoubleSelection',
  'listFocus',
  'listMultiSelection',
  'resourceExtname',
  'resourceFilename',
  'resourceScheme',
  'controllerId',
  'testMessage',
  'testResultState',
  'treeFindOpen',
  'view',
  'viewItem',
  'webviewId',
  'webviewSection',
]);

describe('identity', () => {
  for (const [key, value] of Object.entries(identity)) {
    test(`${key} has the published value`, () => {
      assert.deepEqual(manifest[key as keyof typeof identity], value);
    });
  }

  test('the id in the code is the id of the package', () => {
    assert.equal(extensionId, `${manifest.publisher}.${manifest.name}`);
  });

  test('engine and its types are of the same minor', () => {
    assert.equal(manifest.engines.vscode, engine);
    const { version } = JSON.parse(readText('node_modules/@types/vscode/package.json')) as { version: string };
    assert.equal(version.split('.')[1], engine.split('.')[1]);
  });

  test('the extension has no runtime dependencies', () => {
    assert.deepEqual(manifest.dependencies ?? {}, {});
  });

  test('untrusted and virtual workspaces are described', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.ok(textOf(manifest.capabilities.untrustedWorkspaces.description ?? '').length > 20);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });

  test('every script of the surface exists', () => {
    assert.deepEqual(
      scripts.filter((name) => manifest.scripts[name] === undefined),
      [],
    );
  });
});

describe('commands', () => {
  test('contains every command of the surface, except those that are not built yet', () => {
    const missing = Object.keys(commandTitles).filter((id) => built(id) && !commands.has(id));
    assert.deepEqual(missing, []);
  });

  test('no contributed command or view is in the list of missing ones', () => {
    const contributed = new Set([
      ...commands.keys(),
      ...Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
    ]);
    for (const { viewType } of contributes.customEditors ?? []) contributed.add(viewType);
    assert.deepEqual(
      notYet.filter((id) => contributed.has(id)),
      [],
    );
  });

  for (const [id, { title, category }] of commands) {
    test(`${id} has its title and category`, () => {
      assert.equal(category, 'ChatKit');
      const expected = commandTitles[id];
      if (expected === undefined) assert.doesNotMatch(textOf(title), /is not defined$|^$/);
      else assert.equal(textOf(title), expected);
    });
  }

  test('a command with a button has an icon', () => {
    const buttons = Object.entries(contributes.menus).flatMap(([menu, items]) =>
      items.filter(({ group = '' }) => /^(navigation|inline)/.test(group) && /title|inline|item/.test(menu)),
    );
    assert.ok(buttons.length > 0);
    const bare = buttons.filter(({ command = '' }) => command !== '' && commands.get(command)?.icon === undefined);
    assert.deepEqual(
      bare.map(({ command }) => command),
      [],
    );
  });

  test('the palette contains commands for a connection, a thread or a session only if there is one', () => {
    const always = new Set([
      'chatkit.addConnection',
      'chatkit.compareChecks',
      'chatkit.replayStream',
      'chatkit.showLog',
      'chatkit.previewWidget',
      'chatkit.makeTest',
      'chatkit.editTemplate',
      'chatkit.editWidgetSchema',
      'chatkit.editWidgetData',
      'chatkit.newWidget',
      'chatkit.openWidgetGallery',
    ]);
    const conditional = new Set((contributes.menus['commandPalette'] ?? []).map(({ command }) => command));
    assert.deepEqual(
      [...commands.keys()].filter((id) => !always.has(id) && !conditional.has(id)),
      [],
    );
  });

  test('before the extension is loaded, the palette contains the commands of connections that settings contain', () => {
    const unloaded = "(!chatkit.isLoaded && config.chatkit.connections != '[]')";
    const keys = /^chatkit\.(?:hasConnections|hasSavedConnections|can[A-Z]\w+)(?: \|\| (.*))?$/;
    const entries = (contributes.menus['commandPalette'] ?? []).flatMap(({ command, when = '' }) => {
      const match = keys.exec(when);
      return match === null ? [] : [{ command, otherwise: match[1] }];
    });
    assert.notEqual(entries.length, 0);
    assert.deepEqual(
      entries.filter(({ otherwise }) => otherwise !== unloaded),
      [],
    );
  });

  test('the title of a command in the palette names its object', () => {
    const hidden = new Set(
      (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    const vague = [...commands]
      .filter(([id, { title }]) => !hidden.has(id) && textOf(title).split(' ').length === 1)
      .map(([id]) => id);
    assert.deepEqual(vague, []);
  });

  test('the words of a title find that command first, because the palette sorts matches by title', () => {
    const hidden = new Set(
      (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    const titles = [...commands].filter(([id]) => !hidden.has(id)).map(([, { title }]) => textOf(title));
    const wordsOf = (title: string) => title.toLowerCase().split(/\W+/).filter(Boolean);
    // The palette also finds titles whose words start with the words that were entered.
    const finds = (entered: string, title: string) => {
      const words = wordsOf(title);
      let from = 0;
      return wordsOf(entered).every((word) => {
        const index = words.findIndex((other, position) => position >= from && other.startsWith(word));
        from = index + 1;
        return index !== -1;
      });
    };
    const earlier = titles.flatMap((title) =>
      titles
        .filter((other) => other !== title && finds(title, other) && other.localeCompare(title) < 0)
        .map((other) => `${title} leads to ${other}`),
    );
    assert.deepEqual(earlier, []);
  });

  test('one row and several rows have their own titles', () => {
    const rows = (contributes.menus['view/item/context'] ?? []).filter(({ group = '' }) => !group.startsWith('inline'));
    const plurals = ['copyId', 'copyLink', 'deleteThread', 'removeConnection', 'cancelSession', 'forgetSession'];
    for (const name of plurals) {
      const one = rows.filter(({ command }) => command === `chatkit.${name}`);
      const many = rows.filter(({ command }) => command === `chatkit.${name}s`);
      assert.ok(one.length > 0 && many.length > 0, name);
      assert.ok(
        one.every(({ when = '' }) => when.includes('!listMultiSelection')),
        name,
      );
      assert.ok(
        many.every(({ when = '' }) => /(?<!!)listMultiSelection/.test(when)),
        name,
      );
    }
  });

  test('menus and keys run commands that exist', () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    const unknown = used
      .map(({ command = '' }) => command)
      .filter((id) => id.startsWith('chatkit.') && !commands.has(id));
    assert.deepEqual(unknown, []);
  });
});

describe('views', () => {
  const contributed = Object.values(contributes.views).flat();

  test('the views are in a container with the title ChatKit', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id, title }) => [id, textOf(title)]),
      [[views.container, 'ChatKit']],
    );
  });

  for (const [id, title] of Object.entries(viewTitles).filter(([view]) => built(view))) {
    test(`${id} has its title and an icon of its own`, () => {
      const view = contributed.find((entry) => entry.id === id);
      assert.equal(textOf(view?.name ?? ''), title);
      assert.ok(view?.icon);
    });
  }

  test('a view without content contains a next step', () => {
    const welcomed = new Set(contributes.viewsWelcome.map(({ view }) => view));
    assert.deepEqual(
      contributed.map(({ id }) => id).filter((id) => !welcomed.has(id)),
      [],
    );
  });
});

describe('settings', () => {
  const { properties } = contributes.configuration;

  for (const [key, expected] of Object.entries(settings)) {
    test(`${key} has the published type, default and limits`, () => {
      const setting = properties[key];
      assert.ok(setting);
      for (const [name, value] of Object.entries(expected)) {
        assert.deepEqual(setting[name as keyof typeof setting], value, name);
      }
      assert.doesNotMatch(textOf(setting.markdownDescription ?? setting.description ?? ''), /is not defined$|^$/);
    });
  }

  test('each contributed setting is read by the code', () => {
    const code = readSources('src');
    const read = (key: string) => code.some(({ text }) => text.includes(`'${key}'`));
    assert.deepEqual(
      Object.keys(properties).filter((key) => !read(key)),
      [],
    );
  });
});

describe('custom editors', () => {
  for (const [viewType, pattern] of Object.entries(customEditors).filter(([id]) => built(id))) {
    test(`${viewType} opens ${pattern}`, () => {
      const editor = contributes.customEditors?.find((entry) => entry.viewType === viewType);
      assert.ok(editor?.selector.some(({ filenamePattern }) => filenamePattern === pattern));
    });
  }
});

describe('walkthrough', () => {
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

  test('every step completes itself, also where its condition is met before the walkthrough is opened', () => {
    const ours = new Set<string>(Object.values(contextKeys));
    for (const { id, completionEvents = [] } of steps) {
      const [, name = ''] = /^onContext:([\w.]+) /.exec(completionEvents[0] ?? '') ?? [];
      assert.ok(ours.has(name), id);
      // VS Code ignores an expression that is true when it reads the walkthrough. One of these two is false then, and
      // becomes true with the next change of the editor. Commands are not reported before VS Code reads the walkthrough.
      assert.deepEqual(
        completionEvents,
        ['==', '!='].map((operator) => `onContext:${name} && activeEditor ${operator} gettingStartedPage`),
      );
    }
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['connect', 'open', 'talk', 'session', 'widget'],
    );
  });
});

describe('when clauses', () => {
  const ours = new Set<string>(Object.values(contextKeys));
  const values = new Set<string>([...Object.values(views), ...Object.values(webviewTypes), documentScheme]);

  test('every key is set by our code or by the editor', () => {
    const keys = whenClauses(manifest).flatMap(contextKeysOf);
    assert.ok(keys.includes('view'));
    const unknown = keys.filter((key) => !ours.has(key) && !editorKeys.has(key) && !key.startsWith('config.chatkit.'));
    assert.deepEqual([...new Set(unknown)], []);
  });

  test('texts use the names of views and panels', () => {
    const named = whenClauses(manifest).flatMap((when) =>
      [...when.matchAll(/\b(?:view|focusedView|activeWebviewPanelId|webviewId)\s*==\s*'?([\w.]+)'?/g)].map(
        ([, id]) => id,
      ),
    );
    const unknown = named.filter((id = '') => !values.has(id) && !(id in customEditors));
    assert.deepEqual([...new Set(unknown)], []);
  });
});

describe('texts', () => {
  const used = new Set([...readText('package.json').matchAll(/"%([\w.-]+)%"/g)].map(([, key = '']) => key));

  test('every text that is used is defined', () => {
    assert.deepEqual(
      [...used].filter((key) => texts[key] === undefined),
      [],
    );
  });

  test('every text that is defined is used', () => {
    assert.deepEqual(
      Object.keys(texts).filter((key) => !used.has(key)),
      [],
    );
  });

  test('links in texts run commands that exist', () => {
    const linked = Object.values(texts).flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)]);
    const unknown = linked.map(([, id = '']) => id).filter((id) => !commands.has(id) && !id.endsWith('.focus'));
    assert.deepEqual(unknown, []);
  });
});
