import type { Services } from '../../../connections/vscode/services.ts';
import type { ExportFirst } from '../deleteThreads.ts';
import type { RowContext } from '../rows/rowContext.ts';
import type { Targets } from '../targets.ts';
import type { ThreadsView } from '../view/threadsView.ts';

/** Services for the commands of the Threads view. */
export interface ThreadsServices {
  readonly services: Services;
  readonly context: RowContext;
  readonly view: ThreadsView;
  readonly targets: Targets;
  readonly exportFirst: ExportFirst;
}
