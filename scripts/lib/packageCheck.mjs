import { stat } from 'node:fs/promises';
import { bundledPackages, readMetafiles } from './notices.mjs';
import { root } from './paths.mjs';
import { readZip } from './zip.mjs';

/** @typedef {Map<string, Buffer>} Files */

/** kB is 1000 bytes, as in a download dialog. */
const budgets = { package: 2_000_000, activation: 10_000, product: 150_000, page: 520_000 };

const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.[\w-]+)?)?\.json$/,
  /^extension\/(readme|changelog)\.md$/i,
  /^extension\/LICENSE(\.txt)?$/,
  /^extension\/THIRD_PARTY_NOTICES\.md$/,
  /^extension\/(media|schemas|languages|l10n)\//,
  /^extension\/dist\/[\w-]+\.cjs$/,
  /^extension\/dist\/webview\/([\w.-]+|chunks\/[\w.-]+)$/,
];
const forbidden = /\.(map|tsx?|mjs|env|pem|key|vsix)$|node_modules|tsconfig/;
const secrets = /\bsk-[\w-]{20,}|\b(ek|cksess)_[\w-]{30,}|-----BEGIN [A-Z ]*PRIVATE KEY/;

/** Packages that only the transport and the sandbox may bring in: what is loaded first is small. */
const loadedLater = /node_modules\/(undici|openai|hono|@hono)\//;

/** Packages that evaluate untrusted text: the extension host leaves that to a worker thread. */
const evaluators = /node_modules\/(@huggingface\/jinja|re2js)\//;

/** What the manifest points at. @param {Files} files @returns {string[]} */
function pointedAt(files) {
  const text = files.get('extension/package.json')?.toString('utf8') ?? '{}';
  const found = [...text.matchAll(/"(?:\.\/)?((?:dist|media|schemas|languages|l10n)\/[\w./-]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  return found.map((path) => `extension/${path}`).filter((path) => !files.has(path));
}

/** Pictures of the README. @param {Files} files */
function picturesShown(files) {
  const text = files.get('extension/readme.md')?.toString('utf8') ?? '';
  const found = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path ?? '');
  return found.map((path) => `extension/${path}`).filter((path) => !files.has(path));
}

/** Bundles that a bundle loads later or runs in a thread. @param {Files} files */
function loadedBundles(files) {
  const texts = [...files].filter(([name]) => name.endsWith('.cjs')).map(([, bytes]) => bytes.toString('utf8'));
  const found = texts.flatMap((text) =>
    [...text.matchAll(/require\("\.\/([\w-]+\.cjs)"\)|"(\w+Worker\.cjs)"/g)].map(
      ([, bundle, worker]) => bundle ?? worker ?? '',
    ),
  );
  return found.map((name) => `extension/dist/${name}`).filter((path) => !files.has(path));
}

/** What the inspector's page asks for before its first line runs, and the list of it. @param {Files} files */
function modulesOfPage(files) {
  const text = files.get('extension/dist/webview/preloads.json')?.toString('utf8') ?? '{"inspector":[]}';
  /** @type {{ inspector: string[] }} */
  const { inspector } = JSON.parse(text);
  return ['preloads.json', 'inspector.js', ...inspector].map((name) => `extension/dist/webview/${name}`);
}

/** @param {Files} files @param {RegExp} pattern */
function filesWith(files, pattern) {
  return [...files].filter(([, bytes]) => bytes.toString('latin1').search(pattern) >= 0).map(([name]) => name);
}

/** What activation loads, and what stands behind its doors. @param {import('./notices.mjs').Metafile} metafile */
function inputsOfStart({ outputs }) {
  const found = Object.entries(outputs).filter(([name]) => /dist\/(extension|product)\.cjs$/.test(name));
  return found.flatMap(([, { inputs }]) => Object.keys(inputs));
}

/** Bundles of the extension host that evaluate untrusted text. @param {import('./notices.mjs').Metafile} metafile */
function evaluatingBundles({ outputs }) {
  const bundles = Object.entries(outputs).filter(([name]) => /dist\/[\w-]+\.cjs$/.test(name));
  return bundles
    .filter(
      ([name, { inputs }]) =>
        !name.endsWith('Worker.cjs') && Object.keys(inputs).some((input) => evaluators.test(input)),
    )
    .map(([name]) => name);
}

/** @param {number} budget @param {number} bytes */
const above = (budget, bytes) => (bytes > budget ? [bytes] : []);

/**
 * Looks into the package as a stranger would.
 * @param {import('./vsix.mjs').StagedPackage} staged
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function checkPackage({ vsix, dist }) {
  const [files, metafiles] = await Promise.all([readZip(vsix), readMetafiles(dist)]);
  const { size } = await stat(vsix);
  const names = [...files.keys()];
  const sizeOf = (/** @type {string} */ bundle) => files.get(`extension/dist/${bundle}.cjs`)?.length ?? Infinity;
  const pageBytes = modulesOfPage(files).reduce((sum, name) => sum + (files.get(name)?.length ?? Infinity), 0);
  const inputs = metafiles.flatMap(inputsOfStart);
  const notices = files.get('extension/THIRD_PARTY_NOTICES.md')?.toString('utf8') ?? '';
  const unnamed = bundledPackages(metafiles).map((folder) => folder.split('node_modules/').at(-1));

  /** Each check with what is wrong; nothing is right. @type {[string, readonly unknown[]][]} */
  const checks = [
    [`is at most ${budgets.package} bytes`, above(budgets.package, size)],
    ['holds only what it should', names.filter((name) => !allowed.some((pattern) => pattern.test(name)))],
    ['holds no source, map, test or module folder', names.filter((name) => forbidden.test(name))],
    ['holds what its manifest points at', pointedAt(files)],
    ['holds what its README shows', picturesShown(files)],
    ['holds every bundle that is loaded later', loadedBundles(files)],
    ['holds no secret', filesWith(files, secrets)],
    ['holds no path of this machine', filesWith(files, new RegExp(root.replaceAll(/[^\w]/g, '\\$&')))],
    ['refers to no source map', filesWith(files, /sourceMappingURL=/)],
    ['names every package in it in the notices', unnamed.filter((name) => !notices.includes(`## ${name} `))],
    [`loads at most ${budgets.activation} bytes at activation`, above(budgets.activation, sizeOf('extension'))],
    [`loads at most ${budgets.product} bytes at its first use`, above(budgets.product, sizeOf('product'))],
    [`shows a thread with at most ${budgets.page} bytes of modules`, above(budgets.page, pageBytes)],
    ['evaluates untrusted text in a worker thread only', metafiles.flatMap(evaluatingBundles)],
    ['loads no network code before its first request', inputs.filter((input) => loadedLater.test(input))],
  ];
  const failed = checks.filter(([, wrong]) => wrong.length > 0);
  return {
    passed: checks.length - failed.length,
    failed: failed.map(([name, wrong]) => ({ name: `package: ${name}`, details: wrong.join('\n') })),
    skipped: 0,
  };
}
