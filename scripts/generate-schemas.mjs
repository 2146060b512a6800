// Writes what is made from the code: the JSON schemas that the manifest contributes, and the references of widgets and of
// protocol rules in the documentation. `npm run schemas`
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import prettier from 'prettier';
import { root } from './lib/paths.mjs';

const contents = `
  export { sessionFileSchema } from './src/sessions/common/fileSchema.ts';
  export { widgetFileJsonSchema } from './src/widgets/common/schema/fileSchema.ts';
  export { widgetJsonSchema } from './src/widgets/common/schema/jsonSchema.ts';
  export { widgetReference } from './src/widgets/common/schema/reference.ts';
  export { protocolRulesDocument } from './src/chatkit/common/protocolProblems/rulesDocument.ts';
`;
const { outputFiles } = await build({
  stdin: { contents, resolveDir: root, loader: 'ts' },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'neutral',
});
const code = outputFiles.map((file) => Buffer.from(file.contents).toString('base64')).join('');
const made = await import(`data:text/javascript;base64,${code}`);

/** @type {Record<string, unknown>} */
const schemas = {
  'chatkit-session.schema.json': made.sessionFileSchema(),
  'chatkit-widget.schema.json': made.widgetJsonSchema(),
  'chatkit-widget-file.schema.json': made.widgetFileJsonSchema(),
};
await mkdir(join(root, 'schemas'), { recursive: true });
for (const [name, schema] of Object.entries(schemas)) {
  await writeFormatted(join(root, 'schemas', name), JSON.stringify(schema), 'json');
}

// What stands above the mark is written by hand.
const mark = '<!-- Made from the code: npm run schemas -->\n';
await writeReference('docs/widgets.md', made.widgetReference());
await writeReference('docs/protocol-rules.md', made.protocolRulesDocument());

/** @param {string} name @param {string} reference */
async function writeReference(name, reference) {
  const file = join(root, name);
  const [head] = (await readFile(file, 'utf8')).split(mark);
  await writeFile(file, `${head}${mark}\n${reference}`);
  console.log(`wrote ${file}`);
}

/** @param {string} file @param {string} text @param {string} parser */
async function writeFormatted(file, text, parser) {
  await writeFile(file, await prettier.format(text, { parser, printWidth: 120 }));
  console.log(`wrote ${file}`);
}
