import { englishSummary } from '../summary/strings.ts';
import type { SummaryStrings } from '../summary/strings.ts';

/** The words of a transcript beside those of summaries; see `SummaryStrings`. */
export interface TranscriptStrings extends SummaryStrings {
  readonly thread: string;
  readonly status: string;
  readonly user: string;
  readonly created: string;
  readonly itemCount: string;
  readonly quote: string;
  readonly attachments: string;
  readonly model: string;
  readonly toolChoice: string;
  readonly arguments: string;
  readonly output: string;
  readonly sources: string;
  readonly noAnswer: string;
  readonly notLoaded: string;
  /** Where older items are not loaded, where newer. */
  readonly olderNotLoaded: string;
  readonly newerNotLoaded: string;
  readonly stopped: string;
  readonly noItems: string;
}

export const englishTranscript: TranscriptStrings = {
  ...englishSummary,
  thread: 'Thread',
  status: 'Status',
  user: 'User',
  created: 'Created',
  itemCount: 'Items',
  quote: 'Quote',
  attachments: 'Attachments',
  model: 'Model',
  toolChoice: 'Tool choice',
  arguments: 'Arguments',
  output: 'Output',
  sources: 'Sources',
  noAnswer: '(no answer)',
  notLoaded: 'Items between here are not loaded.',
  olderNotLoaded: 'Older items are not loaded.',
  newerNotLoaded: 'Newer items are not loaded.',
  stopped: 'The server gave the same page of items again, so loading stopped here.',
  noItems: 'This thread has no items.',
};
