import type * as z from 'zod';

/** Which children a component takes (chatkit-api 6.1). */
export type ChildrenRule =
  | { readonly count: 'none' }
  /** `Transition`: one component instead of a list. */
  | { readonly count: 'one' }
  | {
      readonly count: 'many';
      readonly required: boolean;
      /** The only types that belong here; any component when absent. */
      readonly only?: readonly string[];
    };

/** One component of the catalogue: the single source of its type, its validation, its JSON schema and its documentation. */
export interface ComponentSpec<Type extends string = string, Props extends z.ZodObject = z.ZodObject> {
  readonly type: Type;
  /** One sentence for hovers and for the reference table. */
  readonly summary: string;
  /** May stand at the top of a widget. */
  readonly root?: true;
  /** Belongs only directly inside these. */
  readonly inside?: readonly string[];
  readonly children: ChildrenRule;
  /** Every prop but `type`, `key`, `id` and `children`. */
  readonly props: Props;
}

/** Declares a component; keeps its literal type. */
export function component<const Type extends string, Props extends z.ZodObject>(
  spec: ComponentSpec<Type, Props>,
): ComponentSpec<Type, Props> {
  return spec;
}

export const noChildren: ChildrenRule = { count: 'none' };
export const anyChildren: ChildrenRule = { count: 'many', required: false };
export const someChildren: ChildrenRule = { count: 'many', required: true };
