import type { Conversations, StoredThread } from '../store/store.ts';
import type { Json, ServerBodyOf } from '../model/serverTypes.ts';
import { respondToAction, respondToForm, respondToMessage, respondToToolOutput } from './agent/agent.ts';
import { ServerFailure, type StreamCommand, type StructuredSubmission, type UserInput } from './protocol/commands.ts';
import { serverBody, serverItem, serverThread } from './protocol/fromStore.ts';
import { findThread } from './jsonCommands.ts';
import { Turn, type TurnOptions, runTurn } from './protocol/turn.ts';
import type { Uploads } from './uploads.ts';

interface StreamContext {
  readonly conversations: Conversations;
  readonly uploads: Uploads;
  readonly user: string | null;
  /** End user of a new thread if the request names none. */
  readonly defaultUser: string;
}

/** Where the events of a stream are sent. */
type StreamTarget = Pick<TurnOptions, 'send' | 'signal' | 'pace'>;
type Respond = (target: StreamTarget) => Promise<void>;

/**
 * Validates a command whose response is a stream (chatkit-api 5.3) and returns the function that runs it. Throws
 * `ServerFailure` before anything is changed.
 */
export function prepareStream(command: StreamCommand, context: StreamContext): Respond {
  const { conversations, user } = context;
  const { type, params } = command;
  if (type === 'threads.create') {
    const message = userMessage(params.input, context.uploads);
    return async (target) => {
      const thread = conversations.createThread({ user: user ?? context.defaultUser });
      target.send({ type: 'thread.created', thread: serverThread(thread) });
      await receiveMessage(thread, message, conversations, target);
    };
  }
  const thread = findThread(conversations.threads, params.thread_id, user);
  const respond = (target: StreamTarget, run: (turn: Turn) => Promise<void>) =>
    runTurn(new Turn({ conversations, thread, ...target }), target.signal, run);
  switch (type) {
    case 'threads.add_user_message': {
      const message = userMessage(params.input, context.uploads);
      return (target) => receiveMessage(thread, message, conversations, target);
    }
    case 'threads.add_client_tool_output':
      completeToolCall(thread, params.result);
      return (target) => respond(target, (turn) => respondToToolOutput(turn, params.result));
    case 'threads.add_structured_input': {
      const id = params.item_id;
      const form = submit(findItem(thread, id, 'structured_input'), params.input);
      return (target) =>
        respond(target, async (turn) => {
          turn.replace(id, form);
          await respondToForm(turn, form);
        });
    }
    case 'threads.retry_after_item': {
      const message = findItem(thread, params.item_id, 'user_message');
      return (target) => {
        thread.items.truncate(thread.items.indexOf(params.item_id) + 1);
        return respond(target, (turn) => respondToMessage(turn, message));
      };
    }
    case 'threads.custom_action': {
      const id = params.item_id ?? null;
      const item = id === null ? undefined : thread.items.find(id);
      if (id !== null && item === undefined) throw new ServerFailure(`Item ${id} not found`);
      const widget = item && serverBody(item);
      if (widget !== undefined && widget.type !== 'widget') {
        return async (target) => target.send({ type: 'error', code: 'stream.error', allow_retry: false });
      }
      return (target) => respond(target, (turn) => respondToAction(turn, params.action, id, widget ?? null));
    }
  }
}

/** Saves and reports the message of the user, then responds to it. Reports an error if the thread accepts no messages. */
async function receiveMessage(
  thread: StoredThread,
  message: ServerBodyOf<'user_message'>,
  conversations: Conversations,
  target: StreamTarget,
): Promise<void> {
  if (thread.status.type !== 'active') {
    target.send({ type: 'error', code: `thread.${thread.status.type}`, allow_retry: false });
    return;
  }
  const item = conversations.append(thread, { format: 'server', body: message });
  target.send({ type: 'thread.item.done', item: serverItem(thread.id, item) });
  await runTurn(new Turn({ conversations, thread, ...target }), target.signal, (turn) =>
    respondToMessage(turn, message),
  );
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

/** Sets the output of the last item. Throws `ServerFailure` if it is not an open tool call. */
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
    format: 'server',
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
