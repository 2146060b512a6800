import { type CSSProperties, type FormEvent, type ReactNode, useId, useState } from 'react';
import type { ActionConfig, ActionTrigger } from '../../common/actions/action.ts';
import type { WidgetNode } from '../../common/node.ts';
import { FormScope, FormScopeContext, useFormScope } from './formScope.ts';
import { useAction } from './useAction.ts';

interface FormElementProps {
  readonly node: WidgetNode;
  readonly action: ActionConfig | undefined;
  readonly trigger: ActionTrigger;
  readonly className: string;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

/**
 * A form: each action inside it sends its fields. The browser validates the form before it is submitted, with messages in
 * the language of the editor. Inside another form it is a plain box, as in HTML.
 */
export function FormElement(props: FormElementProps) {
  const outer = useFormScope();
  return outer ? (
    <div className={props.className} style={props.style} data-widget-type={props.node.type}>
      {props.children}
    </div>
  ) : (
    <OutermostForm {...props} />
  );
}

function OutermostForm(props: FormElementProps) {
  const id = useId();
  const [scope] = useState(() => new FormScope(id));
  return (
    <FormScopeContext value={scope}>
      <SubmittingForm {...props} />
    </FormScopeContext>
  );
}

function SubmittingForm({ node, action, trigger, className, style, children }: FormElementProps) {
  const { run } = useAction(node);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    run(action, trigger);
  };
  return (
    <form className={className} style={style} data-widget-type={node.type} onSubmit={submit}>
      {children}
    </form>
  );
}
