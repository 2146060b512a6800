import { pictures } from '../../../seed/art/svg.ts';
import { streamMessage } from './streamMessage.ts';
import type { Script } from './script.ts';

export const imageScript: Script = {
  command: '/image',
  description: 'an image that arrives in four steps',
  run: async (turn) => {
    const id = turn.add({ type: 'generated_image' });
    const steps = [pictures.map, pictures.mountains, pictures.mountains, pictures.harbour];
    for (const [index, url] of steps.entries()) {
      await turn.wait(500);
      turn.update(id, {
        type: 'generated_image.updated',
        image: { id: 'img_harbour', url },
        progress: (index + 1) / steps.length,
      });
    }
    turn.done(id);
    await streamMessage(turn, 'Houses along a harbour, in the evening.');
  },
};
