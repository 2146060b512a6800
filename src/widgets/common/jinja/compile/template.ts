import { TemplateError } from '../core/errors.ts';
import type { BlockNode, Statement } from '../language/ast.ts';
import { findAll } from '../language/children.ts';
import { noParentBlock, TemplateReference, type BlockWriter, type Context } from '../runtime/context.ts';
import type { Output } from '../runtime/output.ts';
import { reprText } from '../values/repr.ts';
import { Activation, enter, Frame, FunctionScope, writer, type EscapeMode, type Execute } from './frame.ts';
import { compileBody } from './statements.ts';
import { analyse, Symbols, undeclared } from './symbols.ts';

/** A template that can be rendered any number of times. */
export interface CompiledTemplate {
  readonly blocks: ReadonlyMap<string, BlockWriter>;
  readonly render: (context: Context, out: Output) => void;
}

/** @throws {TemplateError} TemplateAssertionError, SyntaxError */
export function compileTemplate(body: readonly Statement[], autoescape: boolean): CompiledTemplate {
  const mode: EscapeMode = { autoescape, volatile: false };
  const nodes = new Map<string, BlockNode>();
  for (const node of body.flatMap((statement) => findAll(statement, 'block'))) {
    if (nodes.has(node.name)) {
      throw new TemplateError('TemplateAssertionError', `block ${reprText(node.name)} defined twice`, node.nameRange);
    }
    nodes.set(node.name, node);
  }
  const render = compileFunction(body, mode, undefined);
  const blocks = new Map(Array.from(nodes, ([name, node]) => [name, compileFunction(node.body, mode, name)] as const));
  return { blocks, render };
}

/** The template itself, or one of its blocks: they see each other's variables through the context only. */
function compileFunction(body: readonly Statement[], mode: EscapeMode, block: string | undefined): BlockWriter {
  const frame = new Frame(new Symbols(), new FunctionScope(0), mode, block === undefined);
  const used = undeclared(body, block === undefined ? ['self'] : ['self', 'super']);
  const setSelf = used.has('self') ? writer(frame, frame.symbols.declare('self')) : undefined;
  const setSuper = used.has('super') ? writer(frame, frame.symbols.declare('super')) : undefined;
  analyse(frame.symbols, body);
  const start = enter(frame);
  const run: Execute = compileBody(frame, body);
  return (context, out) => {
    const activation = new Activation(frame.scope.size, context);
    setSelf?.(activation, new TemplateReference(context));
    if (block !== undefined) setSuper?.(activation, noParentBlock(block));
    start(activation);
    run(activation, out);
  };
}
