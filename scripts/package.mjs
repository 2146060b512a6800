// The package: `npm run package` makes dist/chatkit-inspector-<version>.vsix and looks at what is in it.
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { main } from './lib/main.mjs';
import { checkPackage } from './lib/packageCheck.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { report } from './lib/results.mjs';
import { stagePackage } from './lib/vsix.mjs';

await main(async () => {
  await ensurePackages();
  const staged = await stagePackage();
  const results = await checkPackage(staged);
  const vsix = join(root, 'dist', basename(staged.vsix));
  await mkdir(join(root, 'dist'), { recursive: true });
  await copyFile(staged.vsix, vsix);
  await staged.remove();
  const code = report(results);
  process.stdout.write(`${vsix}\n`);
  return code;
});
