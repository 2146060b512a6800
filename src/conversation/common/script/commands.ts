import * as l10n from '@vscode/l10n';
import {
  type ActionConfig,
  type ActionTrigger,
  type FieldValue,
  type FieldValues,
  type WidgetActionRequest,
  buildAction,
} from '../../../widgets/common/actions/action.ts';
import type { WidgetNode } from '../../../widgets/common/node.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { type ThreadItem, type WidgetItem, userText } from '../../../chatkit/common/model/item.ts';
import { normaliseWidget } from '../../../widgets/common/normalise.ts';
import type { FormAnswer, StreamCommand, UserInput } from '../../../chatkit/common/stream/conversationApi.ts';
import { type ActionTarget, type FormAnswers, ScriptError, type ScriptStep } from './types.ts';

type Items = readonly ThreadItem[];

/** Returns the user input of a `say` step (chatkit-api 5.3). `attachments`: ids of the uploaded files. */
export function inputOf(step: Extract<ScriptStep, { type: 'say' }>, attachments: readonly string[]): UserInput {
  return {
    content: step.text === '' ? [] : [{ type: 'text', text: step.text }],
    attachments,
    quotedText: step.quote,
    model: step.model,
    toolChoice: step.tool,
  };
}

/** Throws `ScriptError` `notFound` where the wanted tool call does not wait for its output. */
export function toolCommand(
  threadId: string,
  items: Items,
  { tool, output }: Extract<ScriptStep, { type: 'answerTool' }>,
): StreamCommand {
  const open = items.flatMap((item) => (item.kind === 'client_tool_call' && item.status === 'open' ? [item.name] : []));
  const last = open.at(-1);
  if (last === undefined) {
    const called = items.flatMap((item) => (item.kind === 'client_tool_call' ? [item.name] : [])).at(-1);
    const none =
      tool === null
        ? l10n.t('No tool call waits for its output.')
        : l10n.t('No tool call "{0}" waits for its output.', tool);
    const done = called === undefined ? [] : [l10n.t('The last one, "{0}", is already complete.', called)];
    throw new ScriptError('notFound', [none, ...done].join(' '));
  }
  if (tool !== null && last !== tool) {
    throw new ScriptError('notFound', l10n.t('No tool call "{0}" waits for its output; found "{1}".', tool, last));
  }
  return { type: 'addToolOutput', threadId, result: output };
}

/** Throws `ScriptError` `notFound` where no form waits for answers, or it has no such question. */
export function formCommand(threadId: string, items: Items, answers: FormAnswers | 'skip'): StreamCommand {
  const form = items.findLast((item) => item.kind === 'structured_input' && item.status === 'pending');
  if (form?.kind !== 'structured_input') throw new ScriptError('notFound', l10n.t('No form waits for answers.'));
  const command = { type: 'answerForm', threadId, itemId: form.id } as const;
  if (answers === 'skip') {
    const all = form.inputs.map(({ id }) => [id, { values: [], skipped: true }] as const);
    return { ...command, status: 'skipped', answers: Object.fromEntries(all) };
  }
  for (const question of Object.keys(answers)) {
    if (form.inputs.some((field) => field.id === question || field.question === question)) continue;
    const known = form.inputs.map((field) => `"${field.question}"`).join(', ');
    throw new ScriptError('notFound', l10n.t('The form has no question "{0}"; found {1}.', question, known));
  }
  const given = form.inputs.map(({ id, question }): readonly [string, FormAnswer] => {
    const given = (name: string) => (Object.hasOwn(answers, name) ? answers[name] : undefined);
    const answer = given(question) ?? given(id) ?? null;
    if (answer === null) return [id, { values: [], skipped: true }];
    return [id, { values: typeof answer === 'string' ? [answer] : answer, skipped: false }];
  });
  return { ...command, status: 'answered', answers: Object.fromEntries(given) };
}

/** Throws `ScriptError` `notFound` where there is no such message. */
export function retryCommand(threadId: string, items: Items, text: string | null): StreamCommand {
  const message = items.findLast(
    (item) => item.kind === 'user_message' && (text === null || userText(item).includes(text)),
  );
  if (message === undefined) {
    throw new ScriptError(
      'notFound',
      text === null
        ? l10n.t('The thread has no user message to retry from.')
        : l10n.t('The thread has no user message that contains "{0}" to retry from.', text),
    );
  }
  return { type: 'retryAfter', threadId, itemId: message.id };
}

/** Ids of the items that the last response added, for feedback. */
export function answeredItems(items: Items): readonly string[] {
  const last = items.findLastIndex(({ kind }) => kind === 'user_message');
  return items
    .slice(last + 1)
    .filter(({ kind }) => kind !== 'unknown')
    .map(({ id }) => id);
}

/** An action that a user could start, with the form that it is part of. */
interface OfferedAction {
  readonly item: WidgetItem;
  readonly node: WidgetNode;
  readonly label: string;
  readonly trigger: ActionTrigger;
  readonly action: ActionConfig;
  readonly form: WidgetNode | null;
}

interface SelectedAction {
  readonly item: WidgetItem;
  readonly request: WidgetActionRequest;
}

/** Labels that a message lists. */
const maxListed = 8;

/**
 * Finds an action in the newest widget that has one for `target`, and fills in the form around it. Throws `ScriptError`
 * `notFound` (naming what there is), `ambiguous`, or `unsupported` for an action that the client itself handles.
 */
export function selectAction(
  items: readonly ThreadItem[],
  target: ActionTarget,
  values: GivenValues = {},
): SelectedAction {
  const seen: OfferedAction[] = [];
  for (const item of items.toReversed()) {
    if (item.kind !== 'widget') continue;
    const offered = actionsOf(item);
    const fitting = offered.filter((one) => matchesTarget(one, target));
    const [first] = fitting;
    if (first !== undefined) {
      // A form and the button that submits it send the same.
      if (fitting.some(({ action, form }) => action !== first.action || form !== first.form)) {
        const which = fitting.slice(0, maxListed).map(describe).join(', ');
        throw new ScriptError('ambiguous', l10n.t('Several actions match {0}: {1}.', describeTarget(target), which));
      }
      return { item, request: requestOf(first, values) };
    }
    seen.push(...offered);
  }
  const found = [...new Set(seen.map(describe))].slice(0, maxListed).join(', ');
  throw new ScriptError(
    'notFound',
    found === ''
      ? l10n.t('No widget has an action for {0}.', describeTarget(target))
      : l10n.t('No widget has an action for {0}; found {1}.', describeTarget(target), found),
  );
}

/** An action as a user sees it: what selects it, and what it sends. */
export interface VisibleAction {
  readonly target: ActionTarget;
  readonly action: ActionConfig;
  /** The fields around it with their defaults; null outside of forms. */
  readonly fields: FieldValues | null;
}

/** All actions of a widget, in the order in which they are shown. */
export function visibleActions(item: WidgetItem): readonly VisibleAction[] {
  return actionsOf(item).map(({ node, label, action, form }) => ({
    target: { component: node.type, label: label === '' ? null : label, key: keyOf(node), action: action.type },
    action,
    fields: form === null ? null : formFields(form, {}),
  }));
}

function keyOf(node: WidgetNode): string | null {
  return node.identity.startsWith('key:') ? node.identity.slice('key:'.length) : node.id;
}

function requestOf({ action, trigger, form, node }: OfferedAction, values: GivenValues): WidgetActionRequest {
  const fields = form === null ? undefined : formFields(form, values);
  const unknown = Object.keys(values).filter((name) => fields?.some(([field]) => field === name) !== true);
  if (unknown.length > 0) {
    const names = fields?.map(([name]) => `"${name}"`).join(', ') || l10n.t('none');
    const missing = unknown.map((name) => `"${name}"`).join(', ');
    throw new ScriptError('notFound', l10n.t('The form has no field {0}; its fields: {1}.', missing, names));
  }
  const request = buildAction(action, trigger, fields);
  if (request.handler === 'client') {
    const message = l10n.t('{0} runs "{1}" in the client: nothing is sent to the server.', node.type, request.type);
    throw new ScriptError('unsupported', message);
  }
  return request;
}

function matchesTarget({ node, label, action }: OfferedAction, target: ActionTarget): boolean {
  return (
    (target.component === null || node.type === target.component) &&
    (target.label === null || label === target.label) &&
    (target.key === null || node.identity === `key:${target.key}` || node.id === target.key) &&
    (target.action === null || action.type === target.action)
  );
}

function describe({ node, label, action }: OfferedAction): string {
  return `${node.type} ${label === '' ? `(${action.type})` : `"${label}"`}`;
}

function describeTarget({ component, label, key, action }: ActionTarget): string {
  const parts = [
    component,
    label === null ? null : `"${label}"`,
    key === null ? null : l10n.t('key "{0}"', key),
    action === null ? null : l10n.t('action "{0}"', action),
  ].filter((part) => part !== null);
  return parts.length === 0 ? l10n.t('any component') : parts.join(', ');
}

function actionsOf(item: WidgetItem): readonly OfferedAction[] {
  const { widget } = item;
  if (widget.form === 'absent' || widget.form === 'invalid') return [];
  const { root } = normaliseWidget(widget.value);
  const offered: OfferedAction[] = [];
  const visit = (node: WidgetNode, form: WidgetNode | null): void => {
    const inner = isForm(node) ? node : form;
    const offer = (
      action: ActionConfig | undefined,
      trigger: ActionTrigger,
      label = labelOf(node),
      around = inner,
    ): void => {
      if (action !== undefined) offered.push({ item, node, label, trigger, action, form: around });
    };
    switch (node.component) {
      case 'Card': {
        const { confirm, cancel } = node.props;
        offer(confirm?.action, 'confirm', confirm?.label);
        offer(cancel?.action, 'cancel', cancel?.label);
        break;
      }
      case 'Form':
        offer(node.props.onSubmitAction, 'submit');
        break;
      case 'Button':
        if (node.props.disabled === true) break;
        // A button that submits has its form's action, unless it has one of its own.
        offer(node.props.onClickAction, 'click');
        if (node.props.submit === true && node.props.onClickAction === undefined && form !== null) {
          offer(submitActionOf(form), form.component === 'Card' ? 'confirm' : 'submit');
        }
        break;
      case 'ListViewItem':
        offer(node.props.onClickAction, 'click');
        break;
      case 'Select':
      case 'DatePicker':
      case 'Checkbox':
      case 'RadioGroup':
        offer(node.props.onChangeAction, 'change');
        break;
    }
    for (const child of node.children) visit(child, inner);
  };
  if (root !== null) visit(root, null);
  return offered;
}

function submitActionOf(form: WidgetNode): ActionConfig | undefined {
  if (form.component === 'Form') return form.props.onSubmitAction;
  return form.component === 'Card' ? form.props.confirm?.action : undefined;
}

/** What a user reads on a component: its label, or the words inside it. */
function labelOf(node: WidgetNode): string {
  const own = ownWords(node);
  if (own !== '') return own;
  if (node.component !== 'ListViewItem') return '';
  const words: string[] = [];
  const visit = (inner: WidgetNode): void => {
    const word = ownWords(inner);
    if (word !== '') words.push(word);
    for (const child of inner.children) visit(child);
  };
  for (const child of node.children) visit(child);
  return words.join(' ');
}

function ownWords(node: WidgetNode): string {
  const props: unknown = node.component === null ? {} : node.props;
  if (!isJsonObject(props)) return '';
  const words = ['label', 'value', 'name'].map((key) => props[key]).find((value) => typeof value === 'string');
  return typeof words === 'string' ? words : '';
}

/** What a user enters, by the name of the field. */
type GivenValues = Readonly<Record<string, string | boolean>>;

function isForm(node: WidgetNode): boolean {
  return node.component === 'Form' || (node.component === 'Card' && node.props.asForm === true);
}

/**
 * The fields of a form in the order in which they are shown: the given values, or else their defaults. Disabled fields
 * are omitted.
 */
function formFields(form: WidgetNode, given: GivenValues): FieldValues {
  const fields: (readonly [string, FieldValue])[] = [];
  const visit = (node: WidgetNode): void => {
    const field = fieldOf(node);
    if (field !== null) {
      fields.push([field.name, Object.hasOwn(given, field.name) ? (given[field.name] ?? null) : field.value]);
    }
    for (const child of node.children) if (!isForm(child)) visit(child);
  };
  for (const child of form.children) if (!isForm(child)) visit(child);
  return fields;
}

function fieldOf(node: WidgetNode): { readonly name: string; readonly value: FieldValue } | null {
  switch (node.component) {
    case 'Input':
    case 'Textarea':
      return named(node.props.name, node.props.disabled, node.props.defaultValue ?? '');
    case 'Text':
      return named(node.props.editable ? node.props.editable.name : undefined, false, node.props.value ?? '');
    case 'Checkbox':
      return named(node.props.name, node.props.disabled, node.props.defaultChecked ?? false);
    case 'RadioGroup':
      return named(node.props.name, node.props.disabled, node.props.defaultValue ?? null);
    case 'Select': {
      const { name, disabled, defaultValue, options = [] } = node.props;
      const known = options.some(({ value }) => value === defaultValue);
      return named(name, disabled, known ? (defaultValue ?? null) : null);
    }
    case 'DatePicker':
      return named(node.props.name, node.props.disabled, node.props.defaultValue ?? null);
    default:
      return null;
  }
}

function named(name: string | undefined, disabled: boolean | undefined, value: FieldValue) {
  return name === undefined || disabled === true ? null : { name, value };
}
