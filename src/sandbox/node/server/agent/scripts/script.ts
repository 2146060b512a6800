import type { Turn } from '../../protocol/turn.ts';
import type { ServerAnnotation, ServerBodyOf } from '../../../model/serverTypes.ts';

export type UserMessage = ServerBodyOf<'user_message'>;

/** A response of the scripted agent, selected by the command that a message starts with. */
export interface Script {
  /** With the slash. */
  readonly command: string;
  readonly description: string;
  /** `args` are the words after the command. */
  readonly run: (turn: Turn, message: UserMessage, args: readonly string[]) => Promise<void>;
}

const wordPauseMs = 28;

interface MessageOptions {
  /** Annotations in the order in which they are sent. */
  readonly annotations?: readonly ServerAnnotation[];
  /** Pause between two words, in ms. */
  readonly pause?: number;
}

/** Streams an assistant message word by word, followed by its sources. */
export async function streamMessage(
  turn: Turn,
  text: string,
  { annotations = [], pause = wordPauseMs }: MessageOptions = {},
): Promise<void> {
  const id = turn.add({ type: 'assistant_message', content: [] });
  const part = { type: 'output_text', text: '', annotations: [] } as const;
  turn.update(id, {
    type: 'assistant_message.content_part.added',
    content_index: 0,
    content: { ...part, annotations: [] },
  });
  for (const delta of text.match(/\S+\s*|\s+/g) ?? []) {
    await turn.wait(pause);
    turn.update(id, { type: 'assistant_message.content_part.text_delta', content_index: 0, delta });
  }
  for (const [index, annotation] of annotations.entries()) {
    await turn.wait(pause);
    turn.update(id, {
      type: 'assistant_message.content_part.annotation_added',
      content_index: 0,
      annotation_index: index,
      annotation,
    });
  }
  const content = { type: 'output_text' as const, text, annotations: [...annotations] };
  turn.update(id, { type: 'assistant_message.content_part.done', content_index: 0, content });
  turn.done(id);
}
