// Builds every bundle: `node esbuild.mjs [--production] [--watch]`. What is built stands in one list, below.
import { cp, rm } from 'node:fs/promises';
import { context, build } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Files that are loaded at first use: a dynamic import of the source becomes a `require` of the bundle beside it. */
const lazy = { 'io/wire.ts': './wire.cjs', 'io/sandbox/sandbox.ts': './sandbox.cjs' };
const lazyBundles = {
  name: 'lazy-bundles',
  setup(plugin) {
    plugin.onResolve({ filter: /\.ts$/ }, ({ path, kind }) => {
      const entry = kind === 'dynamic-import' && Object.entries(lazy).find(([source]) => path.endsWith(`/${source}`));
      return entry ? { path: entry[1], external: true } : undefined;
    });
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
  define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
};

/** Node side: CommonJS with the built-ins left outside, because VS Code patches `net`, `tls` and `http` in that loader. */
const host = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  external: ['vscode'],
  supported: { 'dynamic-import': false },
  plugins: [lazyBundles],
};

const configs = [
  { ...host, entryPoints: { extension: 'src/extension.ts' } },
  { ...host, entryPoints: { wire: 'src/io/wire.ts' } },
  { ...host, entryPoints: { sandbox: 'src/io/sandbox/sandbox.ts' } },
  {
    ...common,
    platform: 'browser',
    format: 'esm',
    target: 'chrome128',
    splitting: true,
    jsx: 'automatic',
    outdir: 'dist/webview',
    chunkNames: 'chunks/[name]-[hash]',
    entryPoints: { inspector: 'src/webview/inspector/main.tsx' },
    loader: { '.ttf': 'file', '.woff2': 'file' },
  },
];

await rm('dist', { recursive: true, force: true });
await cp('node_modules/@vscode/codicons/dist/codicon.css', 'dist/webview/codicon.css');
await cp('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/webview/codicon.ttf');
if (watch) {
  await Promise.all(configs.map(async (config) => (await context(config)).watch()));
} else {
  await Promise.all(configs.map((config) => build(config)));
}
