import type { Rendering } from '../runtime/context.ts';
import { bind, signature, type Bound } from '../runtime/signature.ts';
import type { Keywords, Value } from '../values/model.ts';

/** A filter or test: the filtered value is the first argument. */
export type TemplateFunction = (rendering: Rendering, args: readonly Value[], keywords: Keywords) => Value;

/**
 * Defines a filter or test.
 * @param name of the Python function, which messages show
 * @param parameters as for `signature`
 */
export function define(
  name: string,
  parameters: string,
  run: (args: Bound, rendering: Rendering) => Value,
): TemplateFunction {
  const of = signature(name, parameters);
  return (rendering, args, keywords) => run(bind(of, args, keywords), rendering);
}
