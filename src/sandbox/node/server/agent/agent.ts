import type { Action } from '../protocol/commands.ts';
import type { Turn } from '../protocol/turn.ts';
import type { Json, ServerBodyOf } from '../../model/serverTypes.ts';
import { type Script, type UserMessage, streamMessage } from './scripts/script.ts';
import { formScript, toolScript } from './scripts/input.ts';
import { burstScript, crashScript, errorScript, slowScript } from './scripts/failures.ts';
import { imageScript, textScript } from './scripts/text.ts';
import { effectScript, noticeScript, progressScript, statusScript } from './scripts/signals.ts';
import { hiddenScript, removeScript, replaceScript, unknownScript } from './scripts/itemChanges.ts';
import { widgetScript } from './scripts/widget.ts';
import { reasoningScript, taskScript, workflowScript } from './scripts/tasks.ts';
import { applyAction } from './actions.ts';

/** Responds to a message with the script of its command, or with help if it has no command. */
export async function respondToMessage(turn: Turn, message: UserMessage): Promise<void> {
  const text = message.content
    .map((part) => part.text)
    .join('')
    .trim();
  const [command = '', ...args] = text.split(/\s+/);
  const script = scripts.find((candidate) => candidate.command === command.toLowerCase());
  await (script === undefined ? sendHelp(turn, message, text) : script.run(turn, message, args));
  if (turn.thread.title === null) turn.change({ title: titleOf(text, message) });
}

/** Continues after a client tool output. */
export async function respondToToolOutput(turn: Turn, output: Json): Promise<void> {
  turn.hide({ type: 'hidden_context_item', content: { tool_output: output } });
  await turn.wait(300);
  await streamMessage(turn, `Thank you, the tool answered:\n\n\`\`\`json\n${JSON.stringify(output, null, 2)}\n\`\`\``);
}

/** Continues after a form was submitted or skipped. */
export async function respondToForm(turn: Turn, form: ServerBodyOf<'structured_input'>): Promise<void> {
  await turn.wait(300);
  if (form.status === 'skipped') return streamMessage(turn, 'No problem, we can come back to that later.');
  const lines = form.inputs.map(
    ({ question, answer }) =>
      `- ${question} **${answer === undefined || answer.skipped ? 'skipped' : answer.values.join(', ')}**`,
  );
  await streamMessage(turn, `Noted:\n\n${lines.join('\n')}`);
}

/** Continues after an action of a widget, or of the application (`itemId` is null). */
export async function respondToAction(
  turn: Turn,
  action: Action,
  itemId: string | null,
  widget: ServerBodyOf<'widget'> | null,
): Promise<void> {
  turn.hide({ type: 'hidden_context_item', content: { action: action.type, payload: action.payload ?? null } });
  await turn.wait(250);
  if (itemId !== null && widget !== null)
    turn.replace(itemId, { ...widget, widget: applyAction(widget.widget, action) });
  const payload =
    action.payload === undefined ? '' : ` with\n\n\`\`\`json\n${JSON.stringify(action.payload, null, 2)}\n\`\`\``;
  await streamMessage(turn, `You sent **${action.type}**${payload}`);
}

/** Returns a title like the automatic titles of the hosted API: the first words of the message. */
function titleOf(text: string, message: UserMessage): string {
  const words = text === '' ? (message.attachments[0]?.name ?? 'New conversation') : text.replace(/^\//, '');
  const title = words.split(/\s+/).slice(0, 7).join(' ');
  return title.charAt(0).toUpperCase() + title.slice(1, 60);
}

/** Responds to a message without a command: repeats the message and lists the commands. */
async function sendHelp(turn: Turn, message: UserMessage, text: string): Promise<void> {
  turn.send({ type: 'progress_update', text: 'Thinking…', icon: 'sparkle' });
  await turn.wait(400);
  const { attachments, quoted_text, inference_options } = message;
  const { model, tool_choice } = inference_options;
  const understood = [
    text === '' ? 'You sent no words.' : `You said: *${text.slice(0, 200)}*`,
    ...(quoted_text ? [`About: “${quoted_text.slice(0, 200)}”`] : []),
    ...attachments.map(({ name, mime_type }) => `With **${name}** (${mime_type})`),
    ...(model === undefined ? [] : [`Model: \`${model}\``]),
    ...(tool_choice === undefined ? [] : [`Tool: \`${tool_choice.id}\``]),
  ];
  const commands = scripts.map(({ command, description }) => `- \`${command}\` ${description}`);
  await streamMessage(
    turn,
    `Hello from the sandbox. ${understood.join('\n\n')}\n\nEverything here is scripted, so the same message always gets the same answer. Try one of these:\n\n${commands.join('\n')}`,
    { pause: 12 },
  );
}

/** All single scripts, in the order in which the agent lists them. */
const single: readonly Script[] = [
  textScript,
  widgetScript,
  workflowScript,
  reasoningScript,
  taskScript,
  imageScript,
  toolScript,
  formScript,
  progressScript,
  noticeScript,
  effectScript,
  statusScript,
  replaceScript,
  removeScript,
  hiddenScript,
  unknownScript,
  slowScript,
  burstScript,
  errorScript,
  crashScript,
];

const allScript: Script = {
  command: '/all',
  description: 'one after the other: text, work, an image, a widget, signals',
  run: async (turn, message) => {
    for (const script of [
      progressScript,
      reasoningScript,
      workflowScript,
      taskScript,
      imageScript,
      widgetScript,
      replaceScript,
      removeScript,
      noticeScript,
      effectScript,
      textScript,
    ]) {
      await script.run(turn, message, []);
    }
  },
};

export const scripts: readonly Script[] = [...single, allScript];
