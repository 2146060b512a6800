import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import './controls.css';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

interface ListProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** Prefix of the ids of the tabs and of their panel, `<prefix>-panel`. */
  readonly prefix: string;
}

interface Props<Id extends string> extends Omit<ListProps<Id>, 'prefix'> {
  /** What the selected tab shows. */
  readonly children: ReactNode;
}

/** Tabs right above what the selected one shows. */
export function Tabs<Id extends string>({ children, ...rest }: Props<Id>) {
  const prefix = useId();
  return (
    <div className="tabs">
      <TabList {...rest} prefix={prefix} />
      <div {...tabPanel(prefix, rest.selected)}>{children}</div>
    </div>
  );
}

/** What makes an element the panel of a list of tabs. */
export function tabPanel(prefix: string, selected: string) {
  return { role: 'tabpanel', id: `${prefix}-panel`, 'aria-labelledby': `${prefix}-${selected}` } as const;
}

/** Tabs by the pattern of the ARIA practices: one of them is in the tab order, the left and right arrows go on. */
export function TabList<Id extends string>({ label, tabs, selected, onSelect, prefix }: ListProps<Id>) {
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = tabs.findIndex(({ id }) => id === selected);
    const next = (at + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (tab) onSelect(tab.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };

  return (
    <div role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {tabs.map(({ id, label: text }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`${prefix}-${id}`}
          aria-selected={id === selected}
          aria-controls={`${prefix}-panel`}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
