import type { HostLog } from '../../base/vscode/log.ts';
import type { Settings } from '../../chatkit/vscode/settings.ts';
import type { ActingUsers, InferredZones, InsecureHttp } from './originRecords.ts';
import type { Credentials } from './credentials.ts';
import type { Network } from './network.ts';
import type { ConnectionRegistry } from './registry.ts';

/** The services that the connection commands use. */
export interface ConnectionServices {
  readonly log: HostLog;
  readonly settings: Settings;
  readonly registry: ConnectionRegistry;
  readonly credentials: Credentials;
  readonly network: Network;
  readonly actingUsers: ActingUsers;
  readonly zones: InferredZones;
  readonly insecureHttp: InsecureHttp;
  readonly env: NodeJS.ProcessEnv;
}
