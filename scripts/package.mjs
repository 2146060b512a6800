// The package: `npm run package` makes dist/chatkit-inspector-<version>.vsix and looks at what is in it.
import { main } from './lib/main.mjs';
import { checkPackage } from './lib/packageCheck.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { report } from './lib/results.mjs';
import { makeVsix } from './lib/vsix.mjs';

await main(async () => {
  await ensurePackages();
  const path = await makeVsix();
  const code = report(await checkPackage(path));
  process.stdout.write(`${path}\n`);
  return code;
});
