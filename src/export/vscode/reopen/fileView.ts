import { threadLabel } from '../../../threads/common/summary/threadLabel.ts';
import type { FileView } from '../../common/fileView.ts';
import type { FileContent } from './content.ts';
import { problemSentences } from './words.ts';

/** Characters of an end user's name in the list. */
const userLength = 200;

/** A file as its page gets it; the threads only where they are to be chosen from. */
export function toFileView(content: FileContent, name: string, choosing: boolean): FileView {
  if (content.type === 'refused') {
    const nothing = { connectionName: null, exportedAt: null, redacted: false, count: 0, threads: [], problems: [] };
    return { name, ...nothing, error: content.why };
  }
  const { header, threads, problems } = content.file;
  const exportedAt = Date.parse(header.exportedAt);
  return {
    name,
    connectionName: header.connection.name,
    exportedAt: Number.isNaN(exportedAt) ? null : exportedAt,
    redacted: header.redacted === true,
    count: threads.length,
    threads: !choosing
      ? []
      : threads.map(({ thread, items }) => ({
          id: thread.id,
          label: threadLabel(thread, content.firstWords.get(thread.id)),
          user: thread.user?.slice(0, userLength) ?? null,
          createdAt: thread.createdAt,
          items,
        })),
    error: null,
    problems: problemSentences(problems),
  };
}
