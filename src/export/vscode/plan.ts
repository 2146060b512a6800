import type { Connection } from '../../chatkit/common/connection.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ExportFormat } from '../node/verify.ts';

/** The threads to export. `all` is listed page by page during the export. */
export type ExportScope =
  | { readonly type: 'threads'; readonly threads: readonly Thread[] }
  | { readonly type: 'all'; readonly user: string | null };

/** The user's choices for an export. */
export interface ExportPlan {
  readonly connection: Connection;
  readonly scope: ExportScope;
  readonly format: ExportFormat;
  readonly redacted: boolean;
  /** `path` is a path of the file system that the extension host runs on. */
  readonly target: { readonly type: 'folder' | 'file'; readonly path: string };
  readonly resume: boolean;
}
