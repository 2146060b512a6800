import type { Services } from '../../../connections/vscode/services.ts';
import type { Targets } from '../targets.ts';
import type { ThreadDocuments } from './provider.ts';

/** What the commands of documents work with. */
export interface DocumentsServices {
  readonly services: Services;
  readonly targets: Targets;
  readonly documents: ThreadDocuments;
}
