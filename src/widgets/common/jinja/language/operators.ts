import type { BinaryNode, ComparisonOperator } from './ast.ts';

/** Names that are values. */
export const constants: Readonly<Record<string, null | boolean>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

export const comparisons: Readonly<Record<string, ComparisonOperator>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  lteq: '<=',
  gt: '>',
  gteq: '>=',
};

export const sums: Readonly<Record<string, BinaryNode['operator']>> = { add: '+', sub: '-' };
export const products: Readonly<Record<string, BinaryNode['operator']>> = {
  mul: '*',
  div: '/',
  floordiv: '//',
  mod: '%',
};
export const powers: Readonly<Record<string, BinaryNode['operator']>> = { pow: '**' };
