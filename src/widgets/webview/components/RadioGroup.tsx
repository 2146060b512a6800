import { useId } from 'react';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { useAction } from '../form/useAction.ts';
import { useField, useFieldName } from '../form/formScope.ts';

export function RadioGroup({ node }: WidgetComponentProps<'RadioGroup'>) {
  const { name, options = [], ariaLabel, defaultValue, direction = 'row', disabled = false, required } = node.props;
  const { value, set, ref } = useField<string | null, HTMLDivElement>(name, defaultValue ?? null, disabled);
  const { run } = useAction(node);
  const naming = useFieldName(name, ariaLabel);
  const group = useId();
  return (
    <div
      {...(ariaLabel === undefined ? naming : { id: naming.id, 'aria-label': ariaLabel })}
      ref={ref}
      role="radiogroup"
      aria-required={required}
      aria-disabled={disabled || undefined}
      className={direction === 'row' ? 'ck-radios ck-radios-row' : 'ck-radios'}
      data-widget-type="RadioGroup"
    >
      {options.map((option, index) => (
        <label key={index} className={disabled || option.disabled ? 'ck-choice ck-disabled' : 'ck-choice'}>
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={value === option.value}
            disabled={disabled || option.disabled}
            required={required}
            onChange={() => {
              set(option.value);
              run(node.props.onChangeAction, 'change');
            }}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
