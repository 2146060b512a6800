import type { Services } from '../../connections/vscode/services.ts';
import type { DocumentPreviews } from './documentPreviews.ts';
import type { SampleData } from './sampleData.ts';

/** What the parts of this feature share. */
export interface WidgetServices {
  readonly services: Services;
  readonly data: SampleData;
  readonly documents: DocumentPreviews;
}
