import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { useAction } from '../form/useAction.ts';
import { useField, useFieldName } from '../form/formScope.ts';

export function Checkbox({ node }: WidgetComponentProps<'Checkbox'>) {
  const { name, label, defaultChecked = false, disabled = false, required, onChangeAction } = node.props;
  const { value, set, ref } = useField<boolean, HTMLInputElement>(name, defaultChecked, disabled);
  const { run } = useAction(node);
  const naming = useFieldName(name, undefined);
  return (
    <label className={disabled ? 'ck-choice ck-disabled' : 'ck-choice'} data-widget-type="Checkbox">
      <input
        {...(label ? { id: naming.id } : naming)}
        ref={ref}
        type="checkbox"
        checked={value}
        disabled={disabled}
        required={required}
        onChange={(event) => {
          set(event.target.checked);
          run(onChangeAction, 'change');
        }}
      />
      {label && <span>{label}</span>}
    </label>
  );
}
