import * as l10n from '@vscode/l10n';
import { type ItemKind, itemKinds } from '../../chatkit/common/model/item.ts';
import { Icon, VsButton } from '../../base/webview/controls/buttons.tsx';
import { MenuButton, type MenuEntry } from '../../base/webview/controls/MenuButton.tsx';
import { kindView } from './items/kinds.ts';
import { useInspector, useTranscript } from './state/context.tsx';
import { type Find, FindField } from './FindField.tsx';
import './toolbar.css';

interface Props {
  readonly find: Find;
  readonly hidden: ReadonlySet<ItemKind>;
  readonly onHide: (hidden: ReadonlySet<ItemKind>) => void;
  readonly onJump: (where: 'start' | 'latest') => void;
  /** Moves the focus to the transcript. */
  readonly onLeave: () => void;
}

export function Toolbar({ find, hidden, onHide, onJump, onLeave }: Props) {
  return (
    <div className="toolbar">
      <FindField find={find} onLeave={onLeave} />
      <KindFilter hidden={hidden} onHide={onHide} />
      <span className="jumps">
        <VsButton look="link" title={l10n.t('Jump to Start')} onClick={() => onJump('start')}>
          <Icon name="arrow-circle-up" /> <span className="wide-only">{l10n.t('Jump to Start')}</span>
        </VsButton>
        <VsButton look="link" title={l10n.t('Jump to Latest')} onClick={() => onJump('latest')}>
          <Icon name="arrow-circle-down" /> <span className="wide-only">{l10n.t('Jump to Latest')}</span>
        </VsButton>
      </span>
    </div>
  );
}

const allKinds = 'all';
/** Prefix of the entries that hide all other kinds. */
const only = 'only ';

/** Selects the kinds of items to show, with the number of loaded items of each kind. */
function KindFilter({ hidden, onHide }: Pick<Props, 'hidden' | 'onHide'>) {
  const { formats } = useInspector();
  const { items } = useTranscript();
  const counts = new Map<ItemKind, number>();
  for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  // Only loaded kinds are listed. A kind that is hidden and not loaded is shown again by *Show All Kinds*.
  const kinds = itemKinds.filter((kind) => counts.has(kind));
  const entries: MenuEntry[] = [
    { id: allKinds, label: l10n.t('Show All Kinds'), icon: 'clear-all', disabled: hidden.size === 0 },
    ...kinds.map((kind, index) => ({
      id: kind,
      label: kindView(kind).label(),
      note: formats.number(counts.get(kind) ?? 0),
      checked: !hidden.has(kind),
      also: { id: `${only}${kind}`, label: l10n.t('Only'), name: l10n.t('Only {0}', kindView(kind).label()) },
      startsGroup: index === 0,
    })),
  ];
  const choose = (id: string) => {
    if (id === allKinds) return onHide(new Set());
    if (id.startsWith(only)) return onHide(new Set(itemKinds.filter((kind) => id !== `${only}${kind}`)));
    const next = new Set(hidden);
    if (!next.delete(id as ItemKind)) next.add(id as ItemKind);
    onHide(next);
  };
  const shownCount = kinds.filter((kind) => !hidden.has(kind)).length;
  return (
    <MenuButton
      label={l10n.t('Filter by Kind')}
      className={`icon-button kind-filter ${hidden.size > 0 ? 'active' : ''}`}
      entries={entries}
      onChoose={choose}
    >
      <Icon name={hidden.size > 0 ? 'filter-filled' : 'filter'} />
      <span>
        {hidden.size === 0
          ? l10n.t('All kinds')
          : l10n.t('{0} of {1} kinds', formats.number(shownCount), formats.number(kinds.length))}
      </span>
      <Icon name="chevron-down" />
    </MenuButton>
  );
}
