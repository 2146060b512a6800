// Writes the JSON schemas the manifest contributes, from the zod schemas of the code: `npm run schemas`
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import prettier from 'prettier';
import { root } from './lib/paths.mjs';

const { outputFiles } = await build({
  entryPoints: [join(root, 'src/domain/sessions/fileSchema.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'neutral',
});
const code = outputFiles.map(({ contents }) => Buffer.from(contents).toString('base64')).join('');
const { sessionFileSchema } = await import(`data:text/javascript;base64,${code}`);

const file = join(root, 'schemas/chatkit-session.schema.json');
await mkdir(join(root, 'schemas'), { recursive: true });
await writeFile(file, await prettier.format(JSON.stringify(sessionFileSchema()), { parser: 'json', printWidth: 120 }));
console.log(`wrote ${file}`);
