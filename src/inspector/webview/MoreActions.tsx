import { Icon } from '../../base/webview/controls/Icon.tsx';
import { MenuButton, type MenuEntry } from '../../base/webview/controls/MenuButton.tsx';
import { useEventLog } from '../../eventLog/webview/useEventLog.ts';
import { useInspector, useShell } from './context.tsx';

type Action =
  'pin' | 'openJson' | 'openTranscript' | 'copyId' | 'copyLink' | 'copyCurl' | 'showLog' | 'rename' | 'delete';

/** What can be done with the thread. What its source cannot do is not offered. */
export function MoreActions() {
  const { host, strings, threadId } = useInspector();
  const { capabilities, activity, preview, live } = useShell();
  // A replay is in no connection that documents could be asked of.
  const { replay } = useEventLog();
  const entries: (MenuEntry & { readonly id: Action })[] = [
    ...(preview ? [{ id: 'pin', label: strings.keepOpen, icon: 'pin' } as const] : []),
    ...(replay === null
      ? [
          { id: 'openJson', label: strings.openAsJson, icon: 'json' } as const,
          { id: 'openTranscript', label: strings.openAsTranscript, icon: 'markdown' } as const,
        ]
      : []),
    ...(capabilities.rename && !activity.deleted
      ? [{ id: 'rename', label: strings.renameThread, icon: 'edit', startsGroup: true } as const]
      : []),
    { id: 'copyId', label: strings.copyId, icon: 'copy', startsGroup: true },
    ...(live
      ? ([
          { id: 'copyLink', label: strings.copyLink, icon: 'link' },
          { id: 'copyCurl', label: strings.copyCurl, icon: 'terminal' },
        ] as const)
      : []),
    ...(capabilities.delete && !capabilities.readOnly && !activity.deleted
      ? [{ id: 'delete', label: strings.deleteThread, icon: 'trash', startsGroup: true } as const]
      : []),
  ];
  return (
    <MenuButton
      label={strings.moreActions}
      className="icon-button"
      align="end"
      entries={entries}
      onChoose={(id) => host.notify('act', { threadId, action: id as Action })}
    >
      <Icon name="ellipsis" />
    </MenuButton>
  );
}
