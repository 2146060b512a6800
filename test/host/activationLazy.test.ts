import assert from 'node:assert/strict';
import { activated } from '../support/activated.ts';
import type { HostSuite } from '../support/hostSuite.ts';

/** Runs before every suite that makes a request: files are run in the order of their names. */
export const suite: HostSuite = {
  name: 'activation, lazily',
  cases: {
    'activation loads neither the network nor the sandbox': async () => {
      await activated();
      const loaded = Object.keys(require.cache).filter((file) => /[\\/]dist[\\/][\w-]+\.cjs$/.test(file));
      const names = loaded.map((file) => file.replace(/.*[\\/]/, ''));
      assert.ok(names.includes('extension.cjs'), `The modules are not seen here: ${names.join(', ')}`);
      assert.deepEqual(
        names.filter((name) => name === 'wire.cjs' || name === 'sandbox.cjs'),
        [],
      );
    },
  },
};
