// What the editor puts on a webview, for the browser tests: `node scripts/capture-themes.mjs` (after a new editor version)
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { runInHost } from './lib/inHost.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';

const themes = {
  light: 'Light 2026',
  dark: 'Dark 2026',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

await ensurePackages();
await build();
const { code, lines } = await runInHost('latest', {
  extension: root,
  script: join(root, 'scripts', 'themes', 'probe.cjs'),
  env: { PROBE_THEMES: JSON.stringify(Object.values(themes)) },
  seconds: 60,
});
const mark = '[theme]';
const captured = lines.filter((line) => line.startsWith(mark)).map((line) => JSON.parse(line.slice(mark.length)));
for (const [name, id] of Object.entries(themes)) {
  const found = captured.find(({ themeId }) => themeId === id);
  if (!found) throw new Error(`No “${id}” (exit code ${code})\n${lines.slice(-20).join('\n')}`);
  const { themeId, classes, variables, css } = found;
  const folder = join(root, 'test', 'support', 'themes');
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify({ themeId, classes, variables }, undefined, 2)}\n`);
  await writeFile(join(folder, 'defaults.css'), css);
}
