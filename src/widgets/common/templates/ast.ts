/** A node of the syntax tree of a template. The package does not export its classes or their types. */
export interface TemplateNode {
  readonly type: string;
}

interface NamedNode extends TemplateNode {
  readonly value: string;
}

/** The fields of the node kinds that are inspected. */
export interface NodeFields {
  Program: { body: TemplateNode[] };
  If: { test: TemplateNode; body: TemplateNode[]; alternate: TemplateNode[] };
  For: { loopvar: TemplateNode; iterable: TemplateNode; body: TemplateNode[]; defaultBlock: TemplateNode[] };
  Set: { assignee: TemplateNode; value: TemplateNode | null; body: TemplateNode[] };
  Macro: { name: NamedNode; args: TemplateNode[]; body: TemplateNode[] };
  CallStatement: { call: TemplateNode; callerArgs: TemplateNode[] | null; body: TemplateNode[] };
  FilterStatement: { filter: TemplateNode; body: TemplateNode[] };
  Identifier: { value: string };
  StringLiteral: { value: string };
  MemberExpression: { object: TemplateNode; property: TemplateNode; computed: boolean };
  CallExpression: { callee: TemplateNode; args: TemplateNode[] };
  FilterExpression: { operand: TemplateNode; filter: TemplateNode };
  TestExpression: { operand: TemplateNode; negate: boolean; test: NamedNode };
  SelectExpression: { lhs: TemplateNode; test: TemplateNode };
  Ternary: { condition: TemplateNode; trueExpr: TemplateNode; falseExpr: TemplateNode };
  BinaryExpression: { operator: { value: string }; left: TemplateNode; right: TemplateNode };
  KeywordArgumentExpression: { key: NamedNode; value: TemplateNode };
}

export function isNode<Kind extends keyof NodeFields>(
  node: TemplateNode | null | undefined,
  kind: Kind,
): node is TemplateNode & NodeFields[Kind] {
  return node?.type === kind;
}

const blocks: Readonly<Record<string, readonly string[]>> = {
  Program: ['body'],
  If: ['body', 'alternate'],
  For: ['body', 'defaultBlock'],
  Set: ['body'],
  Macro: ['body'],
  CallStatement: ['body'],
  FilterStatement: ['body'],
};

/** Statements: the other children of a block are expressions, which are printed. */
const statements = new Set([...Object.keys(blocks), 'Break', 'Continue', 'Comment']);

/** Returns the printed expressions in the blocks of a node. */
export function printedIn(node: TemplateNode): readonly TemplateNode[] {
  const lists = (blocks[node.type] ?? []).map((name) => fieldOf(node, name) as readonly TemplateNode[]);
  return lists.flat().filter((child) => !statements.has(child.type));
}

/** Returns the child nodes of a node in the order of the template. */
export function childrenOf(node: TemplateNode): readonly TemplateNode[] {
  if (isNode(node, 'Ternary')) return [node.trueExpr, node.condition, node.falseExpr];
  // Operators are tokens, which look like nodes.
  return Object.entries(node).flatMap(([name, value]) => (name === 'operator' ? [] : nodesIn(value)));
}

function nodesIn(value: unknown): readonly TemplateNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (value instanceof Map) return [...value].flatMap(([key, entry]) => [...nodesIn(key), ...nodesIn(entry)]);
  return typeof value === 'object' && value !== null && 'type' in value ? [value as TemplateNode] : [];
}

function fieldOf(node: TemplateNode, name: string): unknown {
  return (node as unknown as Record<string, unknown>)[name];
}
