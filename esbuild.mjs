// Builds every bundle: `node esbuild.mjs [--production] [--tests] [--watch] [--out DIR]`, or with `--cli` those of the
// command line. What is built is in one list each, below.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { context, build, transform } from 'esbuild';
import { iconsOfLucide, mathOfKatex, partsOfUndici, partsOfZod, scalesOfCharts } from './scripts/lib/bundleParts.mjs';
import { writeCodicons } from './scripts/lib/codicons.mjs';
import {
  linearExpressions,
  linearExpressionsOfHost,
  linearExpressionsOfPages,
} from './scripts/lib/linearExpressions.mjs';

const {
  values: { production, tests, watch, cli, out },
} = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    tests: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    cli: { type: 'boolean', default: false },
    out: { type: 'string', default: 'dist' },
  },
});

/** `main.ts` is loaded on first use: `extension.cjs`, which is loaded at activation, requires its bundle.
 * @type {import('esbuild').Plugin} */
const lazyMain = {
  name: 'lazy-main',
  setup(plugin) {
    plugin.onResolve({ filter: /^\.\/main\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './main.cjs', external: true } : undefined,
    );
  },
};

const editorTypes = await readFile('node_modules/@types/vscode/index.d.ts', 'utf8');
const editorValues = editorTypes.matchAll(
  /^\texport (?:abstract )?(?:class|enum|namespace|const|let|function) (\w+)/gm,
);
const editorNames = new Set([...editorValues].map(([, name]) => name));
/** Each name is marked as pure, so that a bundle holds only those it uses. */
const editorApiModule = [
  "const api = require('vscode');",
  ...[...editorNames].map((name) => `export const ${name} = /* @__PURE__ */ (() => api.${name})();`),
].join('\n');

/** The editor's API as a module with known exports. Bundled as a foreign module, it would be copied, some 400 names each
 * time, into every file that imports it.
 * @type {import('esbuild').Plugin} */
const editorApi = {
  name: 'editor-api',
  setup(plugin) {
    plugin.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'editor-api' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'editor-api' },
    );
    plugin.onLoad({ filter: /./, namespace: 'editor-api' }, () => ({ contents: editorApiModule }));
  },
};

/** VS Code's loader patches `tls`, but lets `node:tls` by (seen in 1.100 and 1.139): undici has to ask for the former, or
 * the certificates that the editor adds never reach it.
 * @type {import('esbuild').Plugin} */
const patchedBuiltIns = {
  name: 'patched-built-ins',
  setup(plugin) {
    plugin.onResolve({ filter: /^node:(net|tls|https?)$/ }, ({ path }) => ({
      path: path.slice('node:'.length),
      external: true,
    }));
  },
};

/** Bundles of the extension host share chunks, which esbuild writes as ES modules only: this makes CommonJS of them.
 * @type {import('esbuild').Plugin} */
const toCommonJs = {
  name: 'to-common-js',
  setup(plugin) {
    plugin.onEnd(async ({ metafile }) => {
      const paths = Object.keys(metafile?.outputs ?? {}).filter((path) => path.endsWith('.cjs'));
      await Promise.all(
        paths.map(async (path) => {
          const { code } = await transform(await readFile(path, 'utf8'), {
            format: 'cjs',
            platform: 'node',
            target: 'node20',
            minify: production,
            ...asPackaged,
            sourcemap: production ? false : 'inline',
            sourcesContent: false,
            supported: { 'dynamic-import': false },
          });
          await writeFile(path, code);
        }),
      );
    });
  },
};

/** Writes `preloads.json`: the chunks that each page needs before its first line runs, so that they come with it.
 * @type {import('esbuild').Plugin} */
const preloads = {
  name: 'preloads',
  setup(plugin) {
    plugin.onEnd(async ({ metafile }) => {
      const outputs = metafile?.outputs ?? {};
      const folder = `${out}/webview`;
      /** @param {string} path @returns {string[]} */
      const needed = (path) =>
        (outputs[path]?.imports ?? []).filter(({ kind }) => kind === 'import-statement').map((found) => found.path);
      const pages = Object.keys(outputs).filter((path) => /^[^/]+\.js$/.test(relative(folder, path)));
      const lists = pages.map((page) => {
        const found = new Set(needed(page));
        for (const path of found) for (const next of needed(path)) found.add(next);
        return [basename(page, '.js'), [...found].map((path) => relative(folder, path))];
      });
      await writeFile(`${folder}/preloads.json`, JSON.stringify(Object.fromEntries(lists)));
    });
  },
};

/** The style sheet of a page has the rules of its chunks. esbuild also writes one for each chunk, which nothing loads.
 * @type {import('esbuild').Plugin} */
const stylesOfPages = {
  name: 'styles-of-pages',
  setup(plugin) {
    plugin.onEnd(async ({ metafile }) => {
      const unused = Object.keys(metafile?.outputs ?? {}).filter((path) => /\/chunks\/[^/]+\.css(\.map)?$/.test(path));
      await Promise.all(unused.map((path) => rm(path, { force: true })));
    });
  },
};

/** Texts in all languages take fewer bytes as they are, and the licenses are in the third-party notices.
 * @type {{ charset: 'utf8', legalComments: 'none' }} */
const asPackaged = { charset: 'utf8', legalComments: 'none' };

/** @type {import('esbuild').BuildOptions} */
const common = {
  ...asPackaged,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  metafile: production,
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
  define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
};

/** Node side: CommonJS with the built-ins left outside, because VS Code patches `net`, `tls` and `http` in that loader.
 * @type {import('esbuild').BuildOptions} */
const host = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outExtension: { '.js': '.cjs' },
  outdir: out,
  // The editor complains of whoever reads `navigator` in the extension host; zod asks it which cloud this is.
  define: { ...common.define, navigator: 'undefined' },
  // Its UMD form, which Node is given, cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  supported: { 'dynamic-import': false },
  plugins: [lazyMain, partsOfUndici, patchedBuiltIns, editorApi],
};

/** The in-host suite: one bundle of every `test/host/*.test.ts`, with nothing left to load later.
 * @returns {Promise<import('esbuild').BuildOptions>} */
async function hostSuite() {
  const files = (await readdir('test/host')).filter((name) => name.endsWith('.test.ts')).sort();
  const imports = files.map((name, i) => `import { suite as suite${i} } from './${name}';\n`);
  const list = files.map((_, i) => `suite${i}`).join(', ');
  const contents = `${imports.join('')}import { runHost } from './runHost.ts';\nexport const run = () => runHost([${list}]);`;
  /** @type {import('esbuild').StdinOptions} */
  const stdin = { contents, resolveDir: 'test/host', sourcefile: 'host.ts', loader: 'ts' };
  const { outdir: _, ...rest } = host;
  return { ...rest, stdin, outfile: `${out}/test/host.cjs`, outExtension: {}, plugins: [editorApi] };
}

/** The command line: ES modules in chunks, so that a command loads only what it uses.
 * @returns {Promise<import('esbuild').BuildOptions>} */
async function commandLine() {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  return {
    ...common,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    splitting: true,
    metafile: true,
    outdir: out,
    // Beside each other, because the worker is found beside the module that starts it.
    chunkNames: '[name]-[hash]',
    // Packages that are CommonJS require built-ins.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
    define: { ...common.define, CHATKIT_VERSION: JSON.stringify(version) },
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    plugins: [partsOfUndici],
    entryPoints: { 'chatkit-inspector': 'src/cli/node/main.ts', widgetWorker: 'src/widgets/node/evaluationWorker.ts' },
  };
}

/** @type {import('esbuild').BuildOptions[]} */
const extension = [
  { ...host, entryPoints: { extension: 'src/extension.ts' } },
  {
    ...host,
    format: 'esm',
    splitting: true,
    metafile: true,
    supported: {},
    sourcemap: production ? false : 'inline',
    chunkNames: 'shared-[hash]',
    plugins: [partsOfUndici, partsOfZod, linearExpressionsOfHost, patchedBuiltIns, editorApi, toCommonJs],
    entryPoints: {
      main: 'src/main.ts',
      network: 'src/chatkit/node/network.ts',
      sandbox: 'src/sandbox/node/sandbox.ts',
      compare: 'src/threads/vscode/compare/compare.ts',
      widgetAuthoring: 'src/widgets/node/authoring.ts',
      check: 'src/check/node/checkServer.ts',
      testing: 'src/testing/vscode/testing.ts',
      evaluationWorker: 'src/testing/node/worker.ts',
    },
  },
  { ...common, ...linearExpressions(out) },
  { ...host, entryPoints: { 'tools/sandbox': 'src/sandbox/node/cli.ts' } },
  {
    ...common,
    platform: 'browser',
    format: 'esm',
    target: 'chrome128',
    splitting: true,
    metafile: true,
    plugins: [preloads, stylesOfPages, linearExpressionsOfPages, scalesOfCharts, mathOfKatex, iconsOfLucide],
    jsx: 'automatic',
    outdir: `${out}/webview`,
    chunkNames: 'chunks/[name]-[hash]',
    entryPoints: {
      inspector: 'src/inspector/webview/main.tsx',
      compare: 'src/threads/webview/compare/main.tsx',
      widgetGallery: 'src/widgets/webview/gallery/main.tsx',
      widgetPreview: 'src/widgets/webview/preview/main.tsx',
    },
    loader: { '.ttf': 'file', '.woff2': 'file' },
  },
];
if (tests) extension.push(await hostSuite());
const configs = cli ? [await commandLine()] : extension;

if (watch) {
  await Promise.all(configs.map(async (config) => (await context(config)).watch()));
} else {
  const results = await Promise.all(configs.map((config) => build(config)));
  // What each bundle is made of: third-party notices and budgets read it.
  const metafiles = results.flatMap(({ metafile }) => metafile ?? []);
  if (production) await writeFile(`${out}/meta.json`, JSON.stringify(metafiles));
}
if (!cli) await writeCodicons(out, { onlyUsed: production });
