import { Icon } from '../controls/Icon.tsx';
import { IconButton } from '../controls/IconButton.tsx';
import { MenuButton } from '../controls/MenuButton.tsx';
import { useInspector, useShell } from './context.tsx';

interface Props {
  readonly itemId: string;
  readonly opened: boolean;
  /** Only the row that has the focus takes part in the tab order. */
  readonly active: boolean;
  readonly onToggle: (itemId: string) => void;
}

/** What can be done with one item; seen on hover and while the focus is in its row. */
export function RowActions({ itemId, opened, active, onToggle }: Props) {
  const { host, strings, threadId, announce } = useInspector();
  const { live } = useShell();
  const tabIndex = active ? 0 : -1;
  const entries = [
    { id: 'text', label: strings.copyText, icon: 'copy' },
    { id: 'markdown', label: strings.copyMarkdown, icon: 'markdown' },
    { id: 'json', label: strings.copyJson, icon: 'json' },
    { id: 'id', label: strings.copyId, icon: 'symbol-key' },
    ...(live ? [{ id: 'curl', label: strings.copyCurl, icon: 'terminal' }] : []),
    { id: 'open', label: strings.openInEditor, icon: 'go-to-file', startsGroup: true },
  ];
  const choose = (id: string) => {
    if (id === 'open') return host.notify('openItem', { threadId, itemId, as: 'json' });
    host.notify('copy', { threadId, itemId, as: id as 'text' | 'markdown' | 'json' | 'id' | 'curl' });
    announce(strings.copied);
  };
  return (
    <div className="row-actions">
      <IconButton
        icon="json"
        label={opened ? strings.hideJson : strings.showJson}
        pressed={opened}
        tabIndex={tabIndex}
        onClick={() => onToggle(itemId)}
      />
      <IconButton icon="copy" label={strings.copy} tabIndex={tabIndex} onClick={() => choose('text')} />
      <MenuButton
        label={strings.itemActions}
        className="icon-button"
        align="end"
        tabIndex={tabIndex}
        entries={entries}
        onChoose={choose}
      >
        <Icon name="ellipsis" />
      </MenuButton>
    </div>
  );
}
