import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';

/** An action of a widget (chatkit-api 6.6) that passed its schema. */
export interface ActionConfig {
  readonly type: string;
  readonly payload?: unknown;
  readonly handler?: 'server' | 'client' | undefined;
  readonly loadingBehavior?: 'auto' | 'none' | 'self' | 'container' | undefined;
  readonly streaming?: boolean | undefined;
}

/** What starts an action. Determines the meaning of `auto` and whether the fields of a form are sent. */
export type ActionTrigger = 'click' | 'change' | 'submit' | 'confirm' | 'cancel';

export type Loading = 'none' | 'self' | 'container';

/** The value of a form field. */
export type FieldValue = string | boolean | null;

/** The fields of the nearest form, in document order. */
export type FieldValues = readonly (readonly [name: string, value: FieldValue])[];

/** The request that an action sends. */
export interface WidgetActionRequest {
  readonly type: string;
  /** Includes the fields of the surrounding form; null if the action has no payload and no form. */
  readonly payload: Json;
  readonly handler: 'server' | 'client';
  /** The value set by the author; `auto` if absent. */
  readonly loadingBehavior: 'auto' | 'none' | 'self' | 'container';
  /** The resolved loading state. */
  readonly loading: Loading;
  /** False: `threads.sync_custom_action` instead of `threads.custom_action`. */
  readonly streaming: boolean;
  readonly trigger: ActionTrigger;
  /** Names of fields that were dropped because the payload already has a value. */
  readonly conflicts: readonly string[];
}

/** Returns the request of an action. `fields` are those of the surrounding form; absent without a form. */
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

/**
 * Resolves `auto`: a click shows the loading state on the node, a change does not show it, the buttons of a card and a form
 * show it on the whole widget.
 */
export function resolveLoading(behaviour: WidgetActionRequest['loadingBehavior'], trigger: ActionTrigger): Loading {
  if (behaviour !== 'auto') return behaviour;
  if (trigger === 'click') return 'self';
  return trigger === 'change' ? 'none' : 'container';
}

function withFields(payload: Json, fields: FieldValues | undefined): { payload: Json; conflicts: readonly string[] } {
  if (!fields || fields.length === 0) return { payload, conflicts: [] };
  // Fields cannot be added to a payload that is not an object: all are dropped and reported.
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

/** Maximum nesting of a field name; a name with more dots is a single key. */
const maxNesting = 32;

/** The steps of a field name: `todo.title` as `todo`, `title`. */
function fieldPath(name: string): readonly string[] {
  const steps = name.split('.');
  return steps.length <= maxNesting ? steps : [name];
}

/** Returns a copy of `target` with `value` at the path; undefined if the path already has a value or leads through one. */
function setPath(target: JsonObject, path: readonly string[], value: Json): JsonObject | undefined {
  const [head = '', ...rest] = path;
  const existing = Object.hasOwn(target, head) ? target[head] : undefined;
  if (rest.length === 0) return existing === undefined ? withProperty(target, head, value) : undefined;
  if (existing !== undefined && !isJsonObject(existing)) return undefined;
  const inner = setPath(existing ?? {}, rest, value);
  return inner && withProperty(target, head, inner);
}

/** Returns a copy with an additional own property, also if its name is `__proto__`. */
function withProperty(target: JsonObject, name: string, value: Json): JsonObject {
  const entries = Object.entries(target).filter(([key]) => key !== name);
  return Object.fromEntries([...entries, [name, value]]);
}
