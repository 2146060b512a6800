// Steps of scripts, with what is not given left out.
import type { Json } from '../../../src/base/common/json.ts';
import type { ActionTarget, FormAnswers, ScriptStep } from '../../../src/conversation/common/script/types.ts';

type Say = Extract<ScriptStep, { type: 'say' }>;

export const say = (text: string, more: Partial<Say> = {}): ScriptStep => ({
  type: 'say',
  text,
  files: [],
  quote: null,
  model: null,
  tool: null,
  ...more,
});
export const answerTool = (output: Json, tool: string | null = null): ScriptStep => ({
  type: 'answerTool',
  tool,
  output,
});
export const answerForm = (answers: FormAnswers | 'skip'): ScriptStep => ({ type: 'answerForm', answers });
export const target = (more: Partial<ActionTarget>): ActionTarget => ({
  component: null,
  label: null,
  key: null,
  action: null,
  ...more,
});
export const act = (more: Partial<ActionTarget>, values: Record<string, string | boolean> = {}): ScriptStep => ({
  type: 'act',
  target: target(more),
  values,
});
export const retry = (text: string | null = null): ScriptStep => ({ type: 'retry', text });
export const wait = (ms: number): ScriptStep => ({ type: 'wait', ms });
