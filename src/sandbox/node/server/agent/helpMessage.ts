import type { Turn } from '../protocol/turn.ts';
import { say } from './scripts/streamMessage.ts';
import type { UserMessage } from './scripts/script.ts';
import { scripts } from './allScripts.ts';

/** The answer to everything that is no command: what was understood, and what can be tried. */
export async function greet(turn: Turn, message: UserMessage, text: string): Promise<void> {
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
  const commands = scripts.map(({ command, about }) => `- \`${command}\` ${about}`);
  await say(
    turn,
    `Hello from the sandbox. ${understood.join('\n\n')}\n\nEverything here is scripted, so the same message always gets the same answer. Try one of these:\n\n${commands.join('\n')}`,
    { pause: 12 },
  );
}
