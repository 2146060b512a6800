import type { Expression } from '../language/ast.ts';
import { children } from '../language/children.ts';

/** Filters that need the template's variables, so that Jinja does not evaluate them while it compiles. */
const contextFilters = new Set(['map', 'select', 'reject', 'selectattr', 'rejectattr', 'random']);

/**
 * Whether Jinja evaluates an expression while it compiles. It matters for `~` where values are escaped: a constant is
 * joined without regard to Markup.
 */
export function isConstant(node: Expression): boolean {
  if (node.kind === 'name' || node.kind === 'namespace' || node.kind === 'call') return false;
  if (node.kind === 'filter' && contextFilters.has(node.name)) return false;
  if (node.kind === 'conditional' && node.otherwise === undefined) return false;
  return children(node).every((child) => isConstant(child.kind === 'keyword' ? child.value : (child as Expression)));
}
