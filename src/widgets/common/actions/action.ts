import type { Json, JsonObject } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';

/** An action as the widget has it (chatkit-api 6.6); checked by its schema before it comes here. */
export interface ActionConfig {
  readonly type: string;
  readonly payload?: unknown;
  readonly handler?: 'server' | 'client' | undefined;
  readonly loadingBehavior?: 'auto' | 'none' | 'self' | 'container' | undefined;
  readonly streaming?: boolean | undefined;
}

/** Where an action starts decides what `auto` means and, for forms, what goes with it. */
export type ActionTrigger = 'click' | 'change' | 'submit' | 'confirm' | 'cancel';

export type Loading = 'none' | 'self' | 'container';

/** What a field of a form holds. */
export type FieldValue = string | boolean | null;

/** Fields of the nearest form, in the order in which they stand there. */
export type FieldValues = readonly (readonly [name: string, value: FieldValue])[];

/** Exactly what an action sends. */
export interface WidgetActionRequest {
  readonly type: string;
  /** With the fields of the form it stands in; null when the action has none and stands in no form. */
  readonly payload: Json;
  readonly handler: 'server' | 'client';
  /** As the author wrote it. */
  readonly loadingBehavior: 'auto' | 'none' | 'self' | 'container';
  /** What that comes to here. */
  readonly loading: Loading;
  /** False: `threads.sync_custom_action` instead of `threads.custom_action`. */
  readonly streaming: boolean;
  readonly trigger: ActionTrigger;
  /** Field names that the payload already defined: its own value won, the field was dropped. */
  readonly conflicts: readonly string[];
}

/** Resolves an action, with the fields of its form (undefined: it stands in none), into what is sent. */
export function buildAction(action: ActionConfig, trigger: ActionTrigger, fields?: FieldValues): WidgetActionRequest {
  const loadingBehavior = action.loadingBehavior ?? 'auto';
  const { payload, conflicts } = withFields((action.payload ?? null) as Json, fields);
  return {
    type: action.type,
    payload,
    handler: action.handler ?? 'server',
    loadingBehavior,
    loading: resolveLoading(loadingBehavior, trigger),
    streaming: action.streaming ?? true,
    trigger,
    conflicts,
  };
}

/** What a loading behaviour comes to. `auto`: a click loads the node itself, a change shows nothing, a card's buttons and a form fade the whole widget. */
export function resolveLoading(behaviour: WidgetActionRequest['loadingBehavior'], trigger: ActionTrigger): Loading {
  if (behaviour !== 'auto') return behaviour;
  if (trigger === 'click') return 'self';
  return trigger === 'change' ? 'none' : 'container';
}

function withFields(payload: Json, fields: FieldValues | undefined): { payload: Json; conflicts: readonly string[] } {
  if (!fields || fields.length === 0) return { payload, conflicts: [] };
  // A payload that is no object leaves no place for fields: all of them are dropped, and said to be.
  if (payload !== null && !isJsonObject(payload)) return { payload, conflicts: fields.map(([name]) => name) };
  const conflicts: string[] = [];
  let result: JsonObject = payload ?? {};
  for (const [name, value] of fields) {
    const next = setPath(result, fieldPath(name), value);
    if (next) result = next;
    else conflicts.push(name);
  }
  return { payload: result, conflicts };
}

/** Deepest nesting that a field name can ask for; a longer one is taken as one plain key. */
const maxNesting = 32;

/** `todo.title` as the way `todo`, `title`. */
function fieldPath(name: string): readonly string[] {
  const steps = name.split('.');
  return steps.length <= maxNesting ? steps : [name];
}

/** A copy of `target` with `value` at the path; undefined when something already stands there or in the way. */
function setPath(target: JsonObject, path: readonly string[], value: Json): JsonObject | undefined {
  const [head = '', ...rest] = path;
  const existing = Object.hasOwn(target, head) ? target[head] : undefined;
  if (rest.length === 0) return existing === undefined ? withProperty(target, head, value) : undefined;
  if (existing !== undefined && !isJsonObject(existing)) return undefined;
  const inner = setPath(existing ?? {}, rest, value);
  return inner && withProperty(target, head, inner);
}

/** A copy with one more property of its own, also when that is called `__proto__`. */
function withProperty(target: JsonObject, name: string, value: Json): JsonObject {
  const entries = Object.entries(target).filter(([key]) => key !== name);
  return Object.fromEntries([...entries, [name, value]]);
}
