import { threadLabel } from '../../../threads/common/summary/threadLabel.ts';
import type { ExportView } from '../../common/exportView.ts';
import type { ExportContent } from './exportContent.ts';
import { problemSentences } from './exportMessages.ts';

/** Characters of an end user's name in the list. */
const maxUserLength = 200;

/** A file as its page gets it; the threads only where they are to be chosen from. */
export function toExportView(content: ExportContent, name: string, choosing: boolean): ExportView {
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
          user: thread.user?.slice(0, maxUserLength) ?? null,
          createdAt: thread.createdAt,
          items,
        })),
    error: null,
    problems: problemSentences(problems),
  };
}
