import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything the scripts bring or leave behind: editors, Nodes, profiles, logs. Never committed, never packaged. */
export const cache = join(root, '.vscode-test');

/** Logs, screenshots and traces of the last `npm test`. */
export const logs = join(cache, 'logs');

/** The bundles of this run: `npm test` builds its own, so that it neither sees nor disturbs what a developer has built. */
export const dist = process.env['CHATKIT_DIST'] ?? join(root, 'dist');
