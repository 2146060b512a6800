// The local ChatKit API alone: `npm run sandbox -- [--port N] [--threads N] [--items N] [--seed N] [--empty]`
import { build } from './lib/build.mjs';
import { main } from './lib/main.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { sandboxCli } from './lib/sandbox.mjs';

await main(async () => {
  await ensurePackages();
  await build();
  await import(sandboxCli); // it reads the flags
});
