// Runs a development task: `node scripts/cli.mjs <task> [flags]`. The npm scripts call it.
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, stageExtension } from './lib/build.mjs';
import { checkTypes, lint } from './lib/checks.mjs';
import { packCli } from './lib/cliPackage.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { editorNames, ensureEditor } from './lib/editors.mjs';
import { captureThemes, generateL10nBundle, generateSchemas } from './lib/generate.mjs';
import { runDesktopSuite, runHostSuite } from './lib/hostTests.mjs';
import { ensureNode, ensurePackages } from './lib/install.mjs';
import { stagePackage } from './lib/package.mjs';
import { checkPackage } from './lib/packageCheck.mjs';
import { root } from './lib/paths.mjs';
import { log, run } from './lib/process.mjs';
import { printResults, runStages } from './lib/results.mjs';
import { sandboxCli } from './lib/sandbox.mjs';
import { startEverything } from './lib/start.mjs';
import { runPlaywright, runUnitTests } from './lib/tests.mjs';

/** @typedef {import('./lib/results.mjs').Results} Results */

/**
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} T
 * @param {T} options
 */
const readFlags = (options) => parseArgs({ options, allowPositionals: true, allowNegative: true });

/** @param {string} text @returns {number} 0 for a free port */
function readPort(text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`--port must be a number up to 65535, not “${text}”.`);
  return port;
}

/** @param {string} text */
function readEditorName(text) {
  const found = editorNames.find((name) => name === text);
  if (!found) throw new Error(`--vscode must be ${editorNames.join(' or ')}, not “${text}”.`);
  return found;
}

/** The text after the flags: part of a path or of a name. */
const readFilter = () => readFlags({}).positionals.join(' ');

/** Types, lint and unit tests need no editor. @type {readonly import('./lib/results.mjs').Stage[]} */
const quickStages = [
  { name: 'Types', run: checkTypes },
  { name: 'Lint', run: lint },
  { name: 'Unit', run: () => runUnitTests() },
];

/** Each editor at the same time, which is a little faster. @param {() => string} extension @param {string} [filter] */
const hostStages = (extension, names = editorNames, filter = '') =>
  names.map((name) => ({
    name: `In-host suite, ${name} VS Code`,
    run: () => runHostSuite(name, extension(), filter),
  }));

async function testEverything() {
  await Promise.all([...editorNames.map(ensureEditor), ensureChromium()]);
  /** One production build for all later stages. @type {import('./lib/package.mjs').StagedPackage | undefined} */
  let staged;
  const built = () => {
    if (!staged) throw new Error('Skipped, because packaging failed.');
    return staged;
  };
  const packaging = async () => {
    staged = await stagePackage({ tests: true });
    return checkPackage(staged);
  };
  const results = await runStages([
    ...quickStages,
    { name: 'Package', run: packaging },
    hostStages(() => built().path),
    { name: 'Browser', run: () => runPlaywright('browser', built()) },
    // The first test in the editor mostly waits for servers that do not answer.
    [
      { name: 'End to end', run: () => runPlaywright('e2e', built()) },
      { name: 'Command line', run: () => runUnitTests('', 'cli') },
    ],
  ]);
  await staged?.remove();
  return results;
}

/** @param {'browser' | 'e2e' | 'screenshots'} project */
async function testPages(project) {
  const staged = project === 'browser' ? await stageExtension() : await stagePackage();
  const results = await runPlaywright(project, { ...staged, args: process.argv.slice(2) });
  await staged.remove();
  return results;
}

async function testHost() {
  const { values, positionals } = readFlags({ vscode: { type: 'string' } });
  const names = values.vscode ? [readEditorName(values.vscode)] : editorNames;
  const staged = await stageExtension({ tests: true });
  const results = await runStages([hostStages(() => staged.path, names, positionals.join(' '))]);
  await staged.remove();
  return results;
}

async function testDesktop() {
  const staged = await stageExtension({ tests: true });
  const results = await runDesktopSuite(staged.path, readFilter());
  await staged.remove();
  return results;
}

async function makePackage() {
  const staged = await stagePackage();
  const results = await checkPackage(staged);
  const vsix = join(root, 'dist', basename(staged.vsix));
  await mkdir(join(root, 'dist'), { recursive: true });
  await copyFile(staged.vsix, vsix);
  await staged.remove();
  const code = printResults(results);
  process.stdout.write(`${vsix}\n`);
  return code;
}

async function packageCli() {
  log('Packaging the command line');
  const { path } = await packCli();
  process.stdout.write(`${path}\n`);
}

/** Measures the production build. Prints nothing but results. */
async function bench() {
  const node = await ensureNode(24);
  const staged = await stageExtension({ production: true, quiet: true });
  const { code } = await run(node, ['--expose-gc', join(root, 'bench', 'run.ts'), ...process.argv.slice(2)], {
    env: { CHATKIT_DIST: staged.dist, CHATKIT_BENCH_EXTENSION: staged.path },
    show: true,
  });
  await staged.remove();
  return code;
}

async function start() {
  const { values } = readFlags({
    port: { type: 'string', default: '8321' },
    open: { type: 'boolean', default: true },
    desktop: { type: 'boolean', default: false },
    vscode: { type: 'string', default: 'latest' },
    folder: { type: 'string' },
  });
  const editor = values.desktop ? /** @type {const} */ ('desktop') : readEditorName(values.vscode);
  const folder = values.folder ? resolve(values.folder) : undefined;
  const options = { editor, folder, port: readPort(values.port), open: values.open };
  return startEverything(options, (stop) => (onSignal = stop));
}

async function runSandbox() {
  await build();
  await import(sandboxCli); // it reads the flags
}

async function runBuild() {
  log('Building');
  await import('../esbuild.mjs'); // it reads the flags
  if (process.argv.includes('--watch')) log('Watching');
}

/** Tasks by name. They return results, an exit code or nothing. @type {Record<string, () => Promise<Results | number | void>>} */
const tasks = {
  start,
  test: testEverything,
  check: () => runStages(quickStages),
  bench,
  package: makePackage,
  'package:cli': packageCli,
  sandbox: runSandbox,
  build: runBuild,
  types: checkTypes,
  lint,
  schemas: generateSchemas,
  l10n: generateL10nBundle,
  themes: captureThemes,
  'test:unit': () => runUnitTests(readFilter()),
  'test:cli': () => runUnitTests(readFilter(), 'cli'),
  'test:host': testHost,
  'test:browser': () => testPages('browser'),
  'test:e2e': () => testPages('e2e'),
  'test:desktop': testDesktop,
  screenshots: () => testPages('screenshots'),
};

/** @param {unknown} error @returns {string} its message and causes, without stacks */
function messageOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n${messageOf(error.cause)}`;
}

/** Exits by default; what this process started is stopped with it. */
let onSignal = /** @type {() => void} */ (() => process.exit(130));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => onSignal());

const [task = ''] = process.argv.splice(2, 1); // tasks find only their flags
const runTask = tasks[task];
try {
  if (!runTask) throw new Error(`Usage: node scripts/cli.mjs <task> [flags]\nTasks: ${Object.keys(tasks).join(', ')}`);
  await ensurePackages();
  const outcome = await runTask();
  process.exitCode = typeof outcome === 'object' ? printResults(outcome) : (outcome ?? 0);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1); // what this process started is stopped with it
}
