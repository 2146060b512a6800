import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledPackages, readMetafiles } from './package.mjs';
import { root } from './paths.mjs';

/** Contents by name. @typedef {Map<string, Buffer>} Files */

/** kB is 1000 bytes, as in a download dialog. */
const budgets = { package: 1_500_000, activation: 10_000, main: 830_000, page: 560_000 };

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

/** Packages of the network and the sandbox bundles. Bundles that are loaded earlier stay small without them. */
const networkPackages = /node_modules\/(undici|openai|hono|@hono)\//;

/** Packages and folders that evaluate untrusted text, which only a worker thread may do. */
// The names of the filters are data.
const evaluators =
  /node_modules\/re2js\/|webview\/linearExpressions\.cjs$|src\/widgets\/common\/jinja\/(?!filters\/filterNames\.ts)/;

/** Files that the manifest names and the package lacks. @param {Files} files @returns {string[]} */
function missingFromManifest(files) {
  const text = files.get('extension/package.json')?.toString('utf8') ?? '{}';
  const found = [...text.matchAll(/"(?:\.\/)?((?:dist|media|schemas|languages|l10n)\/[\w./-]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  return found.map((path) => `extension/${path}`).filter((path) => !files.has(path));
}

/** Pictures that the README shows and the package lacks. @param {Files} files */
function missingPictures(files) {
  const text = files.get('extension/readme.md')?.toString('utf8') ?? '';
  const found = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path ?? '');
  return found.map((path) => `extension/${path}`).filter((path) => !files.has(path));
}

/** Bundles that another bundle requires or runs in a thread and the package lacks. @param {Files} files */
function missingBundles(files) {
  const texts = [...files].filter(([name]) => name.endsWith('.cjs')).map(([, bytes]) => bytes.toString('utf8'));
  const found = texts.flatMap((text) =>
    [...text.matchAll(/require\("\.\/([\w/-]+\.cjs)"\)|"(\w+Worker\.cjs)"/g)].map(
      ([, bundle, worker]) => bundle ?? worker ?? '',
    ),
  );
  return found.map((name) => `extension/dist/${name}`).filter((path) => !files.has(path));
}

/** Modules that the inspector loads before its code runs, and their list. @param {Files} files */
function modulesOfPage(files) {
  const text = files.get('extension/dist/webview/preloads.json')?.toString('utf8') ?? '{"inspector":[]}';
  /** @type {{ inspector: string[] }} */
  const { inspector } = JSON.parse(text);
  return ['preloads.json', 'inspector.js', ...inspector].map((name) => `extension/dist/webview/${name}`);
}

/** Icons that the sources of the pages name and the packaged style sheet lacks. @param {Files} files */
async function missingIcons(files) {
  const css = files.get('extension/dist/webview/codicon.css')?.toString('utf8') ?? '';
  const pages = (await readdir(join(root, 'src'), { recursive: true })).filter((name) => name.endsWith('.tsx'));
  const texts = await Promise.all(pages.map((name) => readFile(join(root, 'src', name), 'utf8')));
  const names = texts.flatMap((text) => [...text.matchAll(/<Icon name="([\w-]+)"/g)].map(([, name]) => name));
  return [...new Set(names)].filter((name) => !css.includes(`.codicon-${name}:before`));
}

/** @param {Files} files @param {RegExp} pattern */
function filesWith(files, pattern) {
  return [...files].filter(([, bytes]) => bytes.toString('latin1').search(pattern) >= 0).map(([name]) => name);
}

/**
 * A bundle of the extension host and the shared chunks that it loads with it.
 * @param {import('./package.mjs').Metafile} metafile @param {string} bundle path of the output
 * @returns {string[]} paths of outputs
 */
function withShared({ outputs }, bundle) {
  const found = new Set([bundle]);
  for (const path of found) {
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && next in outputs) found.add(next);
    }
  }
  return [...found];
}

/** @param {import('./package.mjs').Metafile} metafile @param {RegExp} name */
const bundlesNamed = ({ outputs }, name) => Object.keys(outputs).filter((path) => name.test(path));

/** Names of the files that are loaded at first use. @param {import('./package.mjs').Metafile} metafile */
const filesOfMain = (metafile) =>
  bundlesNamed(metafile, /dist\/main\.cjs$/)
    .flatMap((main) => withShared(metafile, main))
    .map((path) => path.replace(/^.*\//, ''));

/** Modules of the bundles that are loaded at activation and at first use. @param {import('./package.mjs').Metafile} metafile */
const inputsOfStart = (metafile) =>
  bundlesNamed(metafile, /dist\/(extension|main)\.cjs$/)
    .flatMap((bundle) => withShared(metafile, bundle))
    .flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}));

/** Modules that the pages of threads and comparisons load before their code runs. @param {import('./package.mjs').Metafile} metafile */
const inputsOfPages = (metafile) =>
  bundlesNamed(metafile, /webview\/(inspector|compare)\.js$/)
    .flatMap((page) => withShared(metafile, page))
    .flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}));

/** Bundles of the extension host that evaluate untrusted text. @param {import('./package.mjs').Metafile} metafile */
const evaluatingBundles = (metafile) =>
  bundlesNamed(metafile, /dist\/(?!shared-)[\w-]+\.cjs$/).filter(
    (bundle) =>
      !bundle.endsWith('Worker.cjs') &&
      withShared(metafile, bundle)
        .map((path) => metafile.outputs[path])
        .flatMap((output) => [...Object.keys(output?.inputs ?? {}), ...(output?.imports ?? []).map(({ path }) => path)])
        .some((input) => evaluators.test(input)),
  );

/** @param {Buffer} bytes of a zip archive @returns {Promise<Files>} */
async function unzip(bytes) {
  const { default: zip } = await import('jszip');
  const entries = Object.values((await zip.loadAsync(bytes)).files).filter(({ dir }) => !dir);
  return new Map(
    await Promise.all(
      entries.map(async (entry) => /** @type {const} */ ([entry.name, await entry.async('nodebuffer')])),
    ),
  );
}

/** @param {number} budget @param {number} bytes */
const above = (budget, bytes) => (bytes > budget ? [bytes] : []);

/**
 * Checks the contents and the sizes of the package.
 * @param {import('./package.mjs').StagedPackage} staged
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function checkPackage({ vsix, dist }) {
  const [archive, metafiles] = await Promise.all([readFile(vsix), readMetafiles(dist)]);
  const files = await unzip(archive);
  const names = [...files.keys()];
  const sizeOf = (/** @type {string} */ name) => files.get(`extension/dist/${name}`)?.length ?? Infinity;
  const mainBytes = metafiles.flatMap(filesOfMain).reduce((sum, name) => sum + sizeOf(name), 0);
  const pageBytes = modulesOfPage(files).reduce((sum, name) => sum + (files.get(name)?.length ?? Infinity), 0);
  const inputs = metafiles.flatMap(inputsOfStart);
  const notices = files.get('extension/THIRD_PARTY_NOTICES.md')?.toString('utf8') ?? '';
  const unnamed = bundledPackages(metafiles).map((folder) => folder.split('node_modules/').at(-1));

  /** Each check with the problems it found. @type {[string, readonly unknown[]][]} */
  const checks = [
    [`is at most ${budgets.package} bytes`, above(budgets.package, archive.length)],
    ['contains only expected files', names.filter((name) => !allowed.some((pattern) => pattern.test(name)))],
    ['contains no source, map, test or module folder', names.filter((name) => forbidden.test(name))],
    ['contains every file that its manifest names', missingFromManifest(files)],
    ['contains every picture that its README shows', missingPictures(files)],
    ['contains every bundle that another bundle requires', missingBundles(files)],
    ['contains no secret', filesWith(files, secrets)],
    ['contains the icons of the pages', await missingIcons(files)],
    ['contains no path of this machine', filesWith(files, new RegExp(root.replaceAll(/[^\w]/g, '\\$&')))],
    ['refers to no source map', filesWith(files, /sourceMappingURL=/)],
    ['lists every bundled package in the notices', unnamed.filter((name) => !notices.includes(`## ${name} `))],
    [`loads at most ${budgets.activation} bytes at activation`, above(budgets.activation, sizeOf('extension.cjs'))],
    [`loads at most ${budgets.main} bytes at first use`, above(budgets.main, mainBytes)],
    [`shows a thread with at most ${budgets.page} bytes of modules`, above(budgets.page, pageBytes)],
    ['evaluates untrusted text in a worker thread only', metafiles.flatMap(evaluatingBundles)],
    [
      'shows threads and comparisons without schemas',
      metafiles.flatMap(inputsOfPages).filter((input) => input.includes('node_modules/zod/')),
    ],
    ['loads no network code before the first request', inputs.filter((input) => networkPackages.test(input))],
  ];
  const failed = checks.filter(([, problems]) => problems.length > 0);
  return {
    passed: checks.length - failed.length,
    failed: failed.map(([name, problems]) => ({ name: `package: ${name}`, details: problems.join('\n') })),
    skipped: 0,
  };
}
