import type { ThreadStore } from '../../../chatkit/common/store/types.ts';

/** Files that hold threads, and that documents are made from as from a connection. */
export interface StoreFiles {
  /** Whether what stands where a connection's id does names such a file. */
  isFile(connectionId: string): boolean;
  /** Runs `action` with the threads of a file. Throws `SourceError` for one that cannot be read. */
  withStore<T>(connectionId: string, action: (store: ThreadStore) => Promise<T>): Promise<T>;
}
