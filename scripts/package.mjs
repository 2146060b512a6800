// The package: `npm run package` makes dist/chatkit-inspector-<version>.vsix and looks at what is in it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from './lib/main.mjs';
import { checkPackage } from './lib/packageCheck.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { report } from './lib/results.mjs';
import { stageExtension } from './lib/stage.mjs';
import { makeVsix, vsixName } from './lib/vsix.mjs';

await main(async () => {
  await ensurePackages();
  const vsix = join(root, 'dist', await vsixName());
  await mkdir(join(root, 'dist'), { recursive: true });
  const stage = await stageExtension({ production: true });
  await makeVsix(stage, vsix);
  const code = report(await checkPackage(vsix, stage.dist));
  await stage.remove();
  process.stdout.write(`${vsix}\n`);
  return code;
});
