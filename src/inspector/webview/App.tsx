import { useMemo, useSyncExternalStore } from 'react';
import { noThread } from '../../export/common/fileView.ts';
import { InspectorContext, type HostLink, type Inspector } from './context.tsx';
import { FileThreads } from '../../export/webview/FileThreads.tsx';
import { Formats } from '../../base/webview/format.ts';
import { InspectorMain } from './InspectorMain.tsx';
import { announce, LiveStatus } from './LiveStatus.tsx';
import type { InspectorModel } from './model.ts';
import { PageMemory } from './pageMemory.ts';
import '../../base/webview/page.css';

interface Props {
  readonly model: InspectorModel;
  readonly host: HostLink;
}

/** Nothing until the host has answered: an empty page for some milliseconds is quieter than a flash of a skeleton. */
export function App({ model, host }: Props) {
  const shell = useSyncExternalStore(model.subscribe, model.getShell);
  const connectionId = shell?.ref.connectionId;
  const threadId = shell?.ref.threadId;
  const locale = shell?.locale;

  const inspector = useMemo((): Inspector | null => {
    if (connectionId === undefined || threadId === undefined) return null;
    const memory = new PageMemory({ connectionId, threadId });
    return { model, host, memory, formats: new Formats(locale ?? 'en'), threadId, announce };
  }, [model, host, connectionId, threadId, locale]);

  if (inspector === null) return null;
  return (
    <InspectorContext value={inspector}>
      {/* Another thread is another page: nothing of the old one survives under the new title. */}
      {shell?.file !== undefined && threadId === noThread ? (
        <FileThreads file={shell.file} />
      ) : (
        <InspectorMain key={model.threadNumber} />
      )}
      <LiveStatus />
    </InspectorContext>
  );
}
