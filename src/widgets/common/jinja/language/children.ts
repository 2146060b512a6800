import type { Arguments, Node } from './ast.ts';

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
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of children(node)) walk(child, visit);
}

export function findAll<K extends Node['kind']>(node: Node, kind: K): Extract<Node, { kind: K }>[] {
  const found: Extract<Node, { kind: K }>[] = [];
  walk(node, (each) => {
    if (each.kind === kind) found.push(each as Extract<Node, { kind: K }>);
  });
  return found;
}
