import type { Action } from '../protocol/commands.ts';
import type { Turn } from '../protocol/turn.ts';
import type { Json, ServerBodyOf } from '../../model/serverTypes.ts';
import { actOn } from './actions.ts';
import { greet } from './helpMessage.ts';
import { say } from './scripts/streamMessage.ts';
import type { UserMessage } from './scripts/script.ts';
import { scripts } from './allScripts.ts';

/** Answers a message: by the script of the command it starts with, or else kindly. */
export async function answerMessage(turn: Turn, message: UserMessage): Promise<void> {
  const text = message.content
    .map((part) => part.text)
    .join('')
    .trim();
  const [command = '', ...words] = text.split(/\s+/);
  const script = scripts.find((candidate) => candidate.command === command.toLowerCase());
  await (script === undefined ? greet(turn, message, text) : script.run(turn, message, words));
  if (turn.thread.title === null) turn.change({ title: titleOf(text, message) });
}

/** Goes on after the client has answered a tool call. */
export async function answerTool(turn: Turn, output: Json): Promise<void> {
  turn.hide({ type: 'hidden_context_item', content: { tool_output: output } });
  await turn.wait(300);
  await say(turn, `Thank you, the tool answered:\n\n\`\`\`json\n${JSON.stringify(output, null, 2)}\n\`\`\``);
}

/** Goes on after a form was filled in, or skipped. */
export async function answerForm(turn: Turn, form: ServerBodyOf<'structured_input'>): Promise<void> {
  await turn.wait(300);
  if (form.status === 'skipped') return say(turn, 'No problem, we can come back to that later.');
  const lines = form.inputs.map(
    ({ question, answer }) =>
      `- ${question} **${answer === undefined || answer.skipped ? 'skipped' : answer.values.join(', ')}**`,
  );
  await say(turn, `Noted:\n\n${lines.join('\n')}`);
}

/** Goes on after somebody pressed something in a widget, or the application sent an action of its own (`itemId` null). */
export async function answerAction(
  turn: Turn,
  action: Action,
  itemId: string | null,
  widget: ServerBodyOf<'widget'> | null,
): Promise<void> {
  turn.hide({ type: 'hidden_context_item', content: { action: action.type, payload: action.payload ?? null } });
  await turn.wait(250);
  if (itemId !== null && widget !== null) turn.replace(itemId, { ...widget, widget: actOn(widget.widget, action) });
  const payload =
    action.payload === undefined ? '' : ` with\n\n\`\`\`json\n${JSON.stringify(action.payload, null, 2)}\n\`\`\``;
  await say(turn, `You sent **${action.type}**${payload}`);
}

/** As the hosted titling does it: a few words of the first message. */
function titleOf(text: string, message: UserMessage): string {
  const words = text === '' ? (message.attachments[0]?.name ?? 'New conversation') : text.replace(/^\//, '');
  const title = words.split(/\s+/).slice(0, 7).join(' ');
  return title.charAt(0).toUpperCase() + title.slice(1, 60);
}
