import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { catalogueTexts } from './catalogueTexts.mjs';
import { build as buildExtension } from './build.mjs';
import { runInHost } from './hostTests.mjs';
import { root, temporaryFolder } from './paths.mjs';

/** Functions of the source that return schemas and documentation. */
const schemaModule = `
  export { testFileJsonSchema } from './src/conversation/common/tests/schema/testFileSchema.ts';
  export { sessionFileSchema } from './src/sessions/common/fileSchema.ts';
  export { widgetFileJsonSchema } from './src/widgets/common/schema/fileSchema.ts';
  export { widgetJsonSchema } from './src/widgets/common/schema/jsonSchema.ts';
  export { widgetReference } from './src/widgets/common/schema/reference.ts';
  export { protocolRulesDocument } from './src/chatkit/common/protocolProblems/problemReport.ts';
`;

const catalogueModule = `
  export { protocolRules } from './src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
  export { widgetJsonSchema } from './src/widgets/common/schema/jsonSchema.ts';
`;

/** The text above this line is written by hand. */
const generatedMark = '<!-- Made from the code: npm run schemas -->\n';

/** Writes a file in the format that `npm run lint` expects. @param {string} file @param {string} text */
async function write(file, text) {
  const { format, getFileInfo, resolveConfig } = await import('prettier');
  const [{ ignored }, options] = await Promise.all([
    getFileInfo(file, { ignorePath: join(root, '.prettierignore') }),
    resolveConfig(file),
  ]);
  await writeFile(file, ignored ? text : await format(text, { ...options, filepath: file }));
  process.stdout.write(`${file}\n`);
}

/** Bundles sources and imports the result. @param {string} contents */
async function importSources(contents) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  });
  const code = Buffer.concat(outputFiles.map(({ contents }) => contents)).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/** Writes the JSON schemas that the manifest contributes, and the widgets and protocol rules of the documentation. */
export async function generateSchemas() {
  const source = await importSources(schemaModule);

  /** @type {Record<string, unknown>} */
  const schemas = {
    'chatkit-session.schema.json': source.sessionFileSchema(),
    'chatkit-test.schema.json': source.testFileJsonSchema(),
    'chatkit-widget.schema.json': source.widgetJsonSchema(),
    'chatkit-widget-file.schema.json': source.widgetFileJsonSchema(),
  };
  await mkdir(join(root, 'schemas'), { recursive: true });
  for (const [name, schema] of Object.entries(schemas)) {
    await write(join(root, 'schemas', name), JSON.stringify(schema));
  }
  const references = { 'widgets.md': source.widgetReference(), 'protocol-rules.md': source.protocolRulesDocument() };
  for (const [name, reference] of Object.entries(references)) {
    const file = join(root, 'docs', name);
    const [head] = (await readFile(file, 'utf8')).split(generatedMark);
    await write(file, `${head}${generatedMark}\n${reference}`);
  }
}

/** Writes `l10n/bundle.l10n.json`: every localised string of the source and of its catalogues, for translators. */
export async function generateL10nBundle() {
  const { getL10nJson } = await import('@vscode/l10n-dev');
  const names = await readdir(join(root, 'src'), { recursive: true });
  const files = names.filter((name) => /\.tsx?$/.test(name)).sort();
  const contents = await Promise.all(files.map((name) => readFile(join(root, 'src', name), 'utf8')));
  const strings = await getL10nJson(
    contents.map((text, index) => ({ extension: extname(files[index] ?? ''), contents: text })),
  );
  await mkdir(join(root, 'l10n'), { recursive: true });
  const { protocolRules, widgetJsonSchema } = await importSources(catalogueModule);
  for (const text of catalogueTexts(protocolRules, widgetJsonSchema())) strings[text] ??= text;
  const sorted = Object.fromEntries(Object.entries(strings).sort(([a], [b]) => (a < b ? -1 : 1)));
  await write(join(root, 'l10n', 'bundle.l10n.json'), JSON.stringify(sorted));
}

/** Themes of the browser tests, with their ids in the editor. */
const themes = {
  light: 'Light 2026',
  dark: 'Dark 2026',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

/** Writes the colours and styles that the editor gives a webview. Browser tests use them. */
export async function captureThemes() {
  await buildExtension();
  const temporary = await temporaryFolder('themes');
  const output = join(temporary.path, 'themes.json');
  const { code, lines } = await runInHost('latest', {
    extension: root,
    script: join(root, 'scripts', 'themes', 'probe.cjs'),
    env: { PROBE_THEMES: JSON.stringify(Object.values(themes)), PROBE_OUTPUT: output },
    seconds: 60,
  });
  if (code !== 0) throw new Error(`Could not capture the themes (exit code ${code})\n${lines.slice(-20).join('\n')}`);
  /** @type {{ themeId: string, classes: string, variables: object, css: string }[]} */
  const captured = JSON.parse(await readFile(output, 'utf8'));
  const folder = join(root, 'test', 'support', 'themes');
  for (const [name, id] of Object.entries(themes)) {
    const found = captured.find(({ themeId }) => themeId === id);
    if (!found) throw new Error(`Could not capture the theme “${id}”.`);
    const { themeId, classes, variables, css } = found;
    await write(join(folder, `${name}.json`), JSON.stringify({ themeId, classes, variables }, undefined, 2));
    await write(join(folder, 'defaults.css'), css);
  }
  await temporary.remove();
}
