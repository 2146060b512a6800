import type { Services } from '../../../connections/vscode/services.ts';
import type { ExportFirst } from '../deletion/deleteThreads.ts';
import type { RowContext } from '../rows/rowContext.ts';
import type { Targets } from '../targets.ts';
import type { ThreadsView } from '../view/threadsView.ts';

/** What the commands of the view work with. */
export interface ThreadsServices {
  readonly services: Services;
  readonly context: RowContext;
  readonly view: ThreadsView;
  readonly targets: Targets;
  readonly exportFirst: ExportFirst;
}
