import type { HttpBindings } from '@hono/node-server';
import type { ActiveFault } from './faults.ts';

/** What the sandbox's middlewares hand to each other. */
export interface SandboxEnv {
  Bindings: HttpBindings;
  Variables: { fault: ActiveFault | null };
}
