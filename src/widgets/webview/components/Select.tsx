import * as l10n from '@vscode/l10n';
import type { KnownNode } from '../../common/node.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { useAction } from '../form/useAction.ts';
import { useField, useFieldName } from '../form/formScope.ts';
import { Combobox } from './Combobox.tsx';
import { ControlShell } from './ControlShell.tsx';

/** Number of options above which a select is searchable by default. */
const searchableAbove = 15;

export function Select({ node }: WidgetComponentProps<'Select'>) {
  const { options = [], searchable } = node.props;
  return (searchable ?? options.length > searchableAbove) ? (
    <SearchableSelect node={node} />
  ) : (
    <NativeSelect node={node} />
  );
}

/** The value of a select: that of one of its options, or null. */
function useSelect(node: KnownNode<'Select'>) {
  const { name, options = [], defaultValue, disabled = false, onChangeAction } = node.props;
  const initial = options.some((option) => option.value === defaultValue) ? (defaultValue ?? null) : null;
  const { value, set, ref } = useField<string | null, HTMLElement>(name, initial, disabled);
  const { run } = useAction(node);
  const select = (next: string | null) => {
    if (next === value) return;
    set(next);
    run(onChangeAction, 'change');
  };
  return { value, select, ref };
}

function NativeSelect({ node }: WidgetComponentProps<'Select'>) {
  const { name, options = [], placeholder = l10n.t('Select…'), disabled = false } = node.props;
  const { value, select, ref } = useSelect(node);
  const naming = useFieldName(name, placeholder);
  return (
    <ControlShell node={node} empty={value === null} icon="chevron" onClear={() => select(null)}>
      <select
        {...naming}
        ref={ref}
        className="ck-select"
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => select(event.target.value)}
      >
        <option value="" disabled hidden>
          {placeholder}
        </option>
        {options.map((option, index) => (
          <option key={index} value={option.value} disabled={option.disabled}>
            {option.description ? `${option.label} — ${option.description}` : option.label}
          </option>
        ))}
      </select>
    </ControlShell>
  );
}

function SearchableSelect({ node }: WidgetComponentProps<'Select'>) {
  const { value, select, ref } = useSelect(node);
  return (
    <ControlShell node={node} empty={value === null} icon="chevron" onClear={() => select(null)}>
      <Combobox node={node} value={value} onSelect={select} fieldRef={ref} />
    </ControlShell>
  );
}
