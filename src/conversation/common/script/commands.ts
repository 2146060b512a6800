import { type ThreadItem, userText } from '../../../chatkit/common/model/item.ts';
import type { FormAnswer, StreamCommand, UserInput } from '../../../chatkit/common/stream/conversationApi.ts';
import { type FormAnswers, ScriptError, type ScriptStep } from './types.ts';

type Items = readonly ThreadItem[];

export function inputOf(step: Extract<ScriptStep, { type: 'say' }>, attachments: readonly string[]): UserInput {
  return {
    content: step.text === '' ? [] : [{ type: 'text', text: step.text }],
    attachments,
    quotedText: step.quote,
    model: step.model,
    toolChoice: step.tool,
  };
}

/** Throws `ScriptError` `notFound` where the wanted tool call does not wait for its output. */
export function toolCommand(
  threadId: string,
  items: Items,
  { tool, output }: Extract<ScriptStep, { type: 'answerTool' }>,
): StreamCommand {
  const open = items.flatMap((item) => (item.kind === 'client_tool_call' && item.status === 'open' ? [item.name] : []));
  const last = open.at(-1);
  if (last === undefined) {
    const called = items.flatMap((item) => (item.kind === 'client_tool_call' ? [item.name] : [])).at(-1);
    const done = called === undefined ? '' : ` The last one, "${called}", is already complete.`;
    const wanted = tool === null ? 'No tool call' : `No tool call "${tool}"`;
    throw new ScriptError('notFound', `${wanted} waits for its output.${done}`);
  }
  if (tool !== null && last !== tool) {
    throw new ScriptError('notFound', `No tool call "${tool}" waits for its output; found "${last}".`);
  }
  return { type: 'addToolOutput', threadId, result: output };
}

/** Throws `ScriptError` `notFound` where no form waits for answers, or it has no such question. */
export function formCommand(threadId: string, items: Items, answers: FormAnswers | 'skip'): StreamCommand {
  const form = items.findLast((item) => item.kind === 'structured_input' && item.status === 'pending');
  if (form?.kind !== 'structured_input') throw new ScriptError('notFound', 'No form waits for answers.');
  const command = { type: 'answerForm', threadId, itemId: form.id } as const;
  if (answers === 'skip') {
    const all = form.inputs.map(({ id }) => [id, { values: [], skipped: true }] as const);
    return { ...command, status: 'skipped', answers: Object.fromEntries(all) };
  }
  for (const question of Object.keys(answers)) {
    if (form.inputs.some((field) => field.id === question || field.question === question)) continue;
    const known = form.inputs.map((field) => `"${field.question}"`).join(', ');
    throw new ScriptError('notFound', `The form has no question "${question}"; found ${known}.`);
  }
  const given = form.inputs.map(({ id, question }): readonly [string, FormAnswer] => {
    const given = (name: string) => (Object.hasOwn(answers, name) ? answers[name] : undefined);
    const answer = given(question) ?? given(id) ?? null;
    if (answer === null) return [id, { values: [], skipped: true }];
    return [id, { values: typeof answer === 'string' ? [answer] : answer, skipped: false }];
  });
  return { ...command, status: 'answered', answers: Object.fromEntries(given) };
}

/** Throws `ScriptError` `notFound` where there is no such message. */
export function retryCommand(threadId: string, items: Items, text: string | null): StreamCommand {
  const message = items.findLast(
    (item) => item.kind === 'user_message' && (text === null || userText(item).includes(text)),
  );
  if (message === undefined) {
    const what = text === null ? 'no user message' : `no user message that contains "${text}"`;
    throw new ScriptError('notFound', `The thread has ${what} to retry from.`);
  }
  return { type: 'retryAfter', threadId, itemId: message.id };
}

/** Ids of the items that the last response added, for feedback. */
export function answeredItems(items: Items): readonly string[] {
  const last = items.findLastIndex(({ kind }) => kind === 'user_message');
  return items
    .slice(last + 1)
    .filter(({ kind }) => kind !== 'unknown')
    .map(({ id }) => id);
}
