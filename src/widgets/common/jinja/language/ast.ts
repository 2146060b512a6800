import type { SourceRange } from '../core/errors.ts';

/** Nodes carry their range in the source, which editor features use as well. */
interface Base extends SourceRange {
  /** Line of the start, from 1; Python's messages name it. */
  readonly line: number;
}

export interface Keyword extends Base {
  readonly kind: 'keyword';
  readonly key: string;
  readonly value: Expression;
}

/** Arguments of a call, a filter or a test. */
export interface Arguments {
  readonly args: readonly Expression[];
  readonly kwargs: readonly Keyword[];
  readonly dynArgs: Expression | undefined;
  readonly dynKwargs: Expression | undefined;
}

/** How a name is used: read, assigned, or declared as a parameter. */
type NameUse = 'load' | 'store' | 'param';

export interface NameNode extends Base {
  readonly kind: 'name';
  readonly name: string;
  readonly use: NameUse;
}

/** `ns.name` on the left of an assignment. */
interface NamespaceNode extends Base {
  readonly kind: 'namespace';
  readonly name: string;
  readonly attribute: string;
}

export interface ConstNode extends Base {
  readonly kind: 'const';
  readonly value: null | boolean | bigint | number | string;
}

interface TupleNode extends Base {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

export interface ListNode extends Base {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

export interface DictNode extends Base {
  readonly kind: 'dict';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
}

export interface ConditionalNode extends Base {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression | undefined;
}

export interface LogicNode extends Base {
  readonly kind: 'logic';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryNode extends Base {
  readonly kind: 'unary';
  readonly operator: 'not' | '-' | '+';
  readonly operand: Expression;
}

export interface BinaryNode extends Base {
  readonly kind: 'binary';
  readonly operator: '+' | '-' | '*' | '/' | '//' | '%' | '**';
  readonly left: Expression;
  readonly right: Expression;
}

interface ConcatNode extends Base {
  readonly kind: 'concat';
  readonly items: readonly Expression[];
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export interface CompareNode extends Base {
  readonly kind: 'compare';
  readonly first: Expression;
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[];
}

interface AttributeNode extends Base {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}

export interface ItemNode extends Base {
  readonly kind: 'item';
  readonly object: Expression;
  readonly key: Expression;
}

export interface SliceNode extends Base {
  readonly kind: 'slice';
  readonly from: Expression | undefined;
  readonly to: Expression | undefined;
  readonly step: Expression | undefined;
}

export interface CallNode extends Base, Arguments {
  readonly kind: 'call';
  readonly callee: Expression;
}

export interface FilterNode extends Base, Arguments {
  readonly kind: 'filter';
  /** `undefined` in `{% filter … %}` and `{% set … | … %}`, where the body is the value. */
  readonly operand: Expression | undefined;
  readonly name: string;
  readonly nameRange: SourceRange;
}

export interface TestNode extends Base, Arguments {
  readonly kind: 'test';
  readonly operand: Expression;
  readonly name: string;
  readonly nameRange: SourceRange;
}

export type Expression =
  | NameNode
  | NamespaceNode
  | ConstNode
  | TupleNode
  | ListNode
  | DictNode
  | ConditionalNode
  | LogicNode
  | UnaryNode
  | BinaryNode
  | ConcatNode
  | CompareNode
  | AttributeNode
  | ItemNode
  | SliceNode
  | CallNode
  | FilterNode
  | TestNode;

/** Text outside of tags. */
export interface DataNode extends Base {
  readonly kind: 'data';
  readonly text: string;
}

/** Texts and `{{ … }}` between two statements. */
export interface OutputNode extends Base {
  readonly kind: 'output';
  readonly parts: readonly (DataNode | Expression)[];
}

export interface ForNode extends Base {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly test: Expression | undefined;
  readonly recursive: boolean;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface IfNode extends Base {
  readonly kind: 'if';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly elifs: readonly IfNode[];
  readonly otherwise: readonly Statement[];
}

export interface MacroNode extends Base {
  readonly kind: 'macro';
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly params: readonly NameNode[];
  readonly defaults: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface CallBlockNode extends Base {
  readonly kind: 'callBlock';
  readonly call: CallNode;
  readonly params: readonly NameNode[];
  readonly defaults: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface FilterBlockNode extends Base {
  readonly kind: 'filterBlock';
  readonly filter: FilterNode;
  readonly body: readonly Statement[];
}

export interface WithNode extends Base {
  readonly kind: 'with';
  readonly targets: readonly Expression[];
  readonly values: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface BlockNode extends Base {
  readonly kind: 'block';
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly scoped: boolean;
  readonly required: boolean;
  readonly body: readonly Statement[];
}

export interface AutoescapeNode extends Base {
  readonly kind: 'autoescape';
  readonly value: Expression;
  readonly body: readonly Statement[];
}

export interface SetNode extends Base {
  readonly kind: 'set';
  readonly target: Expression;
  readonly value: Expression;
}

export interface SetBlockNode extends Base {
  readonly kind: 'setBlock';
  readonly target: Expression;
  readonly filter: FilterNode | undefined;
  readonly body: readonly Statement[];
}

export interface ExtendsNode extends Base {
  readonly kind: 'extends';
  readonly template: Expression;
}

export interface IncludeNode extends Base {
  readonly kind: 'include';
  readonly template: Expression;
  readonly ignoreMissing: boolean;
}

export interface ImportNode extends Base {
  readonly kind: 'import';
  readonly template: Expression;
  /** Names that become variables: the alias of the template, or the imported names. */
  readonly names: readonly NameNode[];
}

export type Statement =
  | OutputNode
  | ForNode
  | IfNode
  | MacroNode
  | CallBlockNode
  | FilterBlockNode
  | WithNode
  | BlockNode
  | AutoescapeNode
  | SetNode
  | SetBlockNode
  | ExtendsNode
  | IncludeNode
  | ImportNode;

export type Node = Statement | Expression | DataNode | Keyword;

function ofArguments({ args, kwargs, dynArgs, dynKwargs }: Arguments): readonly (Node | undefined)[] {
  return [...args, ...kwargs, dynArgs, dynKwargs];
}

/** The nodes directly below, in the order in which Jinja's own analysis meets them. */
export function children(node: Node): readonly Node[] {
  return below(node).filter((child) => child !== undefined);
}

function below(node: Node): readonly (Node | undefined)[] {
  switch (node.kind) {
    case 'keyword':
      return [node.value];
    case 'tuple':
    case 'list':
    case 'concat':
      return node.items;
    case 'dict':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'conditional':
      return [node.test, node.then, node.otherwise];
    case 'logic':
    case 'binary':
      return [node.left, node.right];
    case 'unary':
      return [node.operand];
    case 'compare':
      return [node.first, ...node.rest.map(({ operand }) => operand)];
    case 'attribute':
      return [node.object];
    case 'item':
      return [node.object, node.key];
    case 'slice':
      return [node.from, node.to, node.step];
    case 'call':
      return [node.callee, ...ofArguments(node)];
    case 'filter':
    case 'test':
      return [node.operand, ...ofArguments(node)];
    case 'output':
      return node.parts;
    case 'for':
      return [node.target, node.iterable, ...node.body, ...node.otherwise, node.test];
    case 'if':
      return [node.test, ...node.body, ...node.elifs, ...node.otherwise];
    case 'macro':
      return [...node.params, ...node.defaults, ...node.body];
    case 'callBlock':
      return [node.call, ...node.params, ...node.defaults, ...node.body];
    case 'filterBlock':
      return [...node.body, node.filter];
    case 'with':
      return [...node.targets, ...node.values, ...node.body];
    case 'block':
      return node.body;
    case 'autoescape':
      return [node.value, ...node.body];
    case 'set':
      return [node.target, node.value];
    case 'setBlock':
      return [node.target, node.filter, ...node.body];
    case 'extends':
    case 'include':
    case 'import':
      return [node.template];
    default:
      return [];
  }
}

/** Visits a node and everything below it, parents first. */
function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of children(node)) walk(child, visit);
}

/** Returns the nodes of a kind in a tree, in the order of the source. */
export function findAll<K extends Node['kind']>(node: Node, kind: K): Extract<Node, { kind: K }>[] {
  const found: Extract<Node, { kind: K }>[] = [];
  walk(node, (each) => {
    if (each.kind === kind) found.push(each as Extract<Node, { kind: K }>);
  });
  return found;
}
