import type { Conversations } from '../store/conversations.ts';
import type { StoredThread } from '../store/threads.ts';
import { answerAction, answerForm, answerMessage, answerTool } from './agent/agent.ts';
import type { StreamCommand, StructuredSubmission, UserInput } from './protocol/commands.ts';
import { ServerFailure } from './protocol/failure.ts';
import { serverBody, serverItem, serverThread } from './protocol/fromStore.ts';
import { findThread } from './plain.ts';
import { runTurn, Turn, type TurnParts } from './protocol/turn.ts';
import type { Json, ServerBodyOf } from '../model/serverTypes.ts';
import type { Uploads } from './uploads.ts';

export interface StreamParts {
  readonly conversations: Conversations;
  readonly uploads: Uploads;
  readonly user: string | null;
  /** Whose a new thread is when nobody says so. */
  readonly defaultUser: string;
}

/** What a stream sends to whom, until when. */
export type StreamTo = Pick<TurnParts, 'send' | 'signal' | 'pace'>;
type Run = (to: StreamTo) => Promise<void>;

/**
 * Checks a command that is answered with a stream (chatkit-api 5.3), and gives what runs it. Throws `ServerFailure` before
 * anything has changed.
 */
export function prepareStream(command: StreamCommand, parts: StreamParts): Run {
  const { conversations, user } = parts;
  const { type, params } = command;
  if (type === 'threads.create') {
    const message = userMessage(params.input, parts.uploads);
    return async (to) => {
      const thread = conversations.createThread({ user: user ?? parts.defaultUser });
      to.send({ type: 'thread.created', thread: serverThread(thread) });
      await takeMessage(thread, message, conversations, to);
    };
  }
  const thread = findThread(conversations.threads, params.thread_id, user);
  const answer = (to: StreamTo, run: (turn: Turn) => Promise<void>) =>
    runTurn(new Turn({ conversations, thread, ...to }), to.signal, run);
  switch (type) {
    case 'threads.add_user_message': {
      const message = userMessage(params.input, parts.uploads);
      return (to) => takeMessage(thread, message, conversations, to);
    }
    case 'threads.add_client_tool_output':
      completeToolCall(thread, params.result);
      return (to) => answer(to, (turn) => answerTool(turn, params.result));
    case 'threads.add_structured_input': {
      const id = params.item_id;
      const form = submit(findItem(thread, id, 'structured_input'), params.input);
      return (to) =>
        answer(to, async (turn) => {
          turn.replace(id, form);
          await answerForm(turn, form);
        });
    }
    case 'threads.retry_after_item': {
      const message = findItem(thread, params.item_id, 'user_message');
      return (to) => {
        thread.items.truncate(thread.items.indexOf(params.item_id) + 1);
        return answer(to, (turn) => answerMessage(turn, message));
      };
    }
    case 'threads.custom_action': {
      const id = params.item_id ?? null;
      const item = id === null ? undefined : thread.items.find(id);
      if (id !== null && item === undefined) throw new ServerFailure(`Item ${id} not found`);
      const widget = item && serverBody(item);
      if (widget !== undefined && widget.type !== 'widget') {
        return async (to) => to.send({ type: 'error', code: 'stream.error', allow_retry: false });
      }
      return (to) => answer(to, (turn) => answerAction(turn, params.action, id, widget ?? null));
    }
  }
}

/** Keeps the user's message, says so, and answers it; a thread that takes none says why. */
async function takeMessage(
  thread: StoredThread,
  message: ServerBodyOf<'user_message'>,
  conversations: Conversations,
  to: StreamTo,
): Promise<void> {
  if (thread.status.type !== 'active') {
    to.send({ type: 'error', code: `thread.${thread.status.type}`, allow_retry: false });
    return;
  }
  const item = conversations.append(thread, { face: 'server', body: message });
  to.send({ type: 'thread.item.done', item: serverItem(thread.id, item) });
  await runTurn(new Turn({ conversations, thread, ...to }), to.signal, (turn) => answerMessage(turn, message));
}

function userMessage(input: UserInput, uploads: Uploads): ServerBodyOf<'user_message'> {
  const { tool_choice, model } = input.inference_options;
  return {
    type: 'user_message',
    content: input.content,
    attachments: input.attachments.map((id) => uploads.find(id).attachment),
    inference_options: { ...(tool_choice && { tool_choice }), ...(model && { model }) },
    ...(input.quoted_text && { quoted_text: input.quoted_text }),
  };
}

/** The last item has to be an open call: it gets its output, and the answer follows. */
function completeToolCall(thread: StoredThread, output: Json): void {
  const { items } = thread;
  const last = items.length === 0 ? undefined : items.at(items.length - 1);
  const body = last && serverBody(last);
  if (last === undefined || body?.type !== 'client_tool_call' || body.status !== 'pending') {
    throw new ServerFailure(`Last thread item in ${thread.id} was not a ClientToolCallItem`);
  }
  items.replace({
    id: last.id,
    createdAt: last.createdAt,
    face: 'server',
    body: { ...body, status: 'completed', output },
  });
}

function submit(
  form: ServerBodyOf<'structured_input'>,
  { status, answers }: StructuredSubmission,
): ServerBodyOf<'structured_input'> {
  if (form.status !== 'pending') throw new ServerFailure('Structured input item is not pending');
  const inputs = form.inputs.map((input) => {
    const answer = answers[input.id];
    if (status === 'skipped' || answer === undefined || answer.skipped || answer.values.length === 0) {
      return { ...input, answer: { values: [], skipped: true } };
    }
    const one = input.type === 'multiple_choice' && !input.multiple;
    return { ...input, answer: { values: one ? answer.values.slice(0, 1) : answer.values, skipped: false } };
  });
  return { ...form, status, inputs };
}

function findItem<Type extends 'user_message' | 'structured_input'>(
  thread: StoredThread,
  id: string,
  type: Type,
): ServerBodyOf<Type> {
  const item = thread.items.find(id);
  const body = item && serverBody(item);
  if (body?.type !== type) throw new ServerFailure(`Item ${id} not found, or not a ${type}`);
  return body as ServerBodyOf<Type>;
}
