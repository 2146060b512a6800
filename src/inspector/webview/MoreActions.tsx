import * as l10n from '@vscode/l10n';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { MenuButton, type MenuEntry } from '../../base/webview/controls/MenuButton.tsx';
import { useEventLog } from '../../eventLog/webview/context.ts';
import type { InspectorHost } from '../common/protocol.ts';
import { useInspector, useViewState } from './state/context.tsx';

type Action = Parameters<InspectorHost['runAction']>[0]['action'] | 'follow';

/** The actions of the thread. Actions that the source does not support are hidden. */
export function MoreActions() {
  const { host, threadId } = useInspector();
  const { capabilities, activity, preview, live, follow } = useViewState();
  // A replay has no connection, so its documents cannot be requested.
  const { replay } = useEventLog();
  const isFollowed = follow.mode !== 'off';
  const entries: (MenuEntry & { readonly id: Action })[] = [
    ...(preview ? [{ id: 'pin', label: l10n.t('Keep Open'), icon: 'pin' } as const] : []),
    ...(replay === null
      ? [
          { id: 'openJson', label: l10n.t('Open as JSON'), icon: 'json' } as const,
          { id: 'openTranscript', label: l10n.t('Open as Markdown Transcript'), icon: 'markdown' } as const,
        ]
      : []),
    ...(live && !activity.deleted
      ? ([
          {
            id: 'follow',
            label: isFollowed ? l10n.t('Stop Following') : l10n.t('Follow Thread'),
            icon: isFollowed ? 'debug-stop' : 'record',
          },
          { id: 'selectForCompare', label: l10n.t('Select for Compare'), icon: 'git-compare', startsGroup: true },
          { id: 'compareWithSelected', label: l10n.t('Compare with Selected'), icon: 'diff' },
        ] as const)
      : []),
    { id: 'copyId', label: l10n.t('Copy ID'), icon: 'copy', startsGroup: true },
    ...(live
      ? ([
          { id: 'copyLink', label: l10n.t('Copy Link'), icon: 'link' },
          { id: 'copyCurl', label: l10n.t('Copy as cURL'), icon: 'terminal' },
        ] as const)
      : []),
    ...(replay === null && !activity.deleted
      ? [{ id: 'makeTest', label: l10n.t('Make Test…'), icon: 'beaker', startsGroup: true } as const]
      : []),
    ...(live && capabilities.send && !activity.deleted
      ? [{ id: 'runAgain', label: l10n.t('Run Again…'), icon: 'debug-rerun' } as const]
      : []),
    ...(live && !activity.deleted
      ? [{ id: 'export', label: l10n.t('Export Thread…'), icon: 'export', startsGroup: true } as const]
      : []),
    ...(capabilities.rename && !activity.deleted
      ? [{ id: 'rename', label: l10n.t('Rename Thread…'), icon: 'edit', startsGroup: true } as const]
      : []),
    ...(capabilities.delete && !capabilities.readOnly && !activity.deleted
      ? [
          {
            id: 'delete',
            label: l10n.t('Delete Thread…'),
            icon: 'trash',
            startsGroup: !capabilities.rename,
          } as const,
        ]
      : []),
  ];
  const choose = (action: Action) => {
    if (action === 'follow') host.notify('follow', { threadId, on: !isFollowed });
    else host.notify('runAction', { threadId, action });
  };
  return (
    <MenuButton
      label={l10n.t('More Actions…')}
      className="icon-button"
      align="end"
      entries={entries}
      onChoose={(id) => choose(id as Action)}
    >
      <Icon name="ellipsis" />
    </MenuButton>
  );
}
