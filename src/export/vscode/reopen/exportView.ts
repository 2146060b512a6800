import { threadLabel } from '../../../threads/common/summary/threadLabel.ts';
import type { ExportView } from '../../common/exportView.ts';
import type { ExportContent } from './exportContent.ts';
import { problemMessages } from './exportMessages.ts';

/** Maximum length of a user name in the list, in characters. */
const maxUserLength = 200;

/** Returns the view of a file for its webview. Contains the threads only when `choosing` is true. */
export function toExportView(content: ExportContent, name: string, choosing: boolean): ExportView {
  if (content.type === 'invalid') {
    const empty = { connectionName: null, exportedAt: null, redacted: false, count: 0, threads: [], problems: [] };
    return { name, ...empty, error: content.reason };
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
          label: threadLabel(thread, content.firstUserTexts.get(thread.id)),
          user: thread.user?.slice(0, maxUserLength) ?? null,
          createdAt: thread.createdAt,
          items,
        })),
    error: null,
    problems: problemMessages(problems),
  };
}
