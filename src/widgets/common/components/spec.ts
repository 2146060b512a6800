import type * as z from 'zod';

/** Which children a component takes (chatkit-api 6.1). */
type ChildrenRule =
  | { readonly count: 'none' }
  /** Only `Transition`: one component instead of a list. */
  | { readonly count: 'one' }
  | {
      readonly count: 'many';
      readonly required: boolean;
      /** The allowed types; absent: all. */
      readonly only?: readonly string[];
    };

/** A component of the catalogue: the single source of its props type, validation, JSON schema and documentation. */
export interface ComponentSpec<Type extends string = string, Props extends z.ZodObject = z.ZodObject> {
  readonly type: Type;
  /** One sentence for hovers and the reference. */
  readonly summary: string;
  /** Can be the root of a widget. */
  readonly root?: true;
  /** Must be a direct child of one of these; absent: of any. */
  readonly inside?: readonly string[];
  readonly children: ChildrenRule;
  /** Every prop except `type`, `key`, `id` and `children`. */
  readonly props: Props;
}

/** Declares a component with its literal type. */
export function component<const Type extends string, Props extends z.ZodObject>(
  spec: ComponentSpec<Type, Props>,
): ComponentSpec<Type, Props> {
  return spec;
}

export const noChildren: ChildrenRule = { count: 'none' };
export const anyChildren: ChildrenRule = { count: 'many', required: false };
export const someChildren: ChildrenRule = { count: 'many', required: true };
