import * as l10n from '@vscode/l10n';
import { type KeyboardEvent, useId, useState } from 'react';
import { Popup } from '../../../base/webview/controls/Popup.tsx';
import type { KnownNode } from '../../common/node.ts';
import { useFieldName } from '../form/formScope.ts';

interface ComboboxProps {
  readonly node: KnownNode<'Select'>;
  readonly value: string | null;
  readonly onSelect: (value: string) => void;
  readonly fieldRef: (element: HTMLElement | null) => void;
}

/** A searchable select: an editable combobox with a list, as in the ARIA pattern. */
export function Combobox({ node, value, onSelect, fieldRef }: ComboboxProps) {
  const { name, options = [], placeholder = l10n.t('Select…'), disabled } = node.props;
  const id = useId();
  const naming = useFieldName(name, placeholder);
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const open = query !== null;
  const searchText = (query ?? '').trim().toLowerCase();
  const matches = options.filter((option) => option.label.toLowerCase().includes(searchText));
  const selected = options.find((option) => option.value === value);

  const show = (next: string) => {
    setQuery(next);
    setActive(0);
  };
  const selectOption = (index: number) => {
    const option = matches[index];
    if (!option || option.disabled) return;
    setQuery(null);
    onSelect(option.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return show('');
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((index) => Math.max(0, Math.min(matches.length - 1, index + step)));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      selectOption(active);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setQuery(null);
    }
  };

  return (
    <>
      <input
        {...naming}
        ref={fieldRef}
        type="text"
        role="combobox"
        className="ck-combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && matches.length > 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        disabled={disabled}
        placeholder={placeholder}
        value={query ?? selected?.label ?? ''}
        onChange={(event) => show(event.target.value)}
        onClick={() => !open && show('')}
        onBlur={() => setQuery(null)}
        onKeyDown={onKeyDown}
      />
      <Popup open={open} className="ck-popup" coversAnchor onClose={() => setQuery(null)}>
        <div role="listbox" id={`${id}-list`} className="ck-options" aria-label={l10n.t('Search')}>
          {matches.map((option, index) => (
            <div
              key={index}
              id={`${id}-${index}`}
              role="option"
              className={index === active ? 'ck-option ck-active' : 'ck-option'}
              aria-selected={option.value === value}
              aria-disabled={option.disabled}
              // Not `onClick`: the list closes when the field loses the focus.
              onPointerDown={(event) => {
                event.preventDefault();
                selectOption(index);
              }}
            >
              <span>{option.label}</span>
              {option.description && <span className="ck-option-description">{option.description}</span>}
            </div>
          ))}
          {matches.length === 0 && <p className="ck-note">{l10n.t('No matches')}</p>}
        </div>
      </Popup>
    </>
  );
}
