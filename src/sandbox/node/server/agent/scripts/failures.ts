import { ConnectionDropped, StreamError } from '../../protocol/turn.ts';
import { type Script, streamMessage } from './script.ts';

export const errorScript: Script = {
  command: '/error',
  description: 'fails halfway; `/error custom` has a message, `/error final` does not allow a retry',
  run: async (turn, _message, [kind = '']) => {
    await streamMessage(turn, 'So far everything went well, but');
    if (kind === 'custom')
      throw new StreamError('custom', true, 'The warehouse does **not** answer. Please try again in a minute.');
    throw new StreamError('stream.error', kind !== 'final');
  },
};

export const crashScript: Script = {
  command: '/crash',
  description: 'drops the connection in the middle of a word, without an error event',
  run: async (turn) => {
    const id = turn.add({ type: 'assistant_message', content: [] });
    for (const delta of ['This sen', 'tence will nev']) {
      await turn.wait(100);
      turn.update(id, { type: 'assistant_message.content_part.text_delta', content_index: 0, delta });
    }
    throw new ConnectionDropped();
  },
};

export const slowScript: Script = {
  command: '/slow',
  description: 'a response that takes a minute, to try Stop',
  run: (turn) =>
    streamMessage(turn, Array.from({ length: 240 }, (_, second) => `${second + 1}`).join(' '), { pause: 250 }),
};

export const burstScript: Script = {
  command: '/burst',
  description: '2,000 deltas, 200 a second; or `/burst <count> <a second>` (0 = at once)',
  run: async (turn, _message, [count = '2000', perSecond = '200']) => {
    const [total, rate] = [Math.min(Number(count) || 0, 200_000), Number(perSecond) || 0];
    const id = turn.add({ type: 'assistant_message', content: [] });
    const started = performance.now();
    for (let index = 0; index < total; index++) {
      // Based on the clock, because timers are not exact enough for 5 ms.
      const due = rate === 0 ? 0 : (index * 1000) / rate - (performance.now() - started);
      if (due > 0 || index % 500 === 0) await turn.wait(Math.max(0, due));
      const delta = index % 12 === 11 ? `w${index}.\n` : `w${index} `;
      turn.update(id, { type: 'assistant_message.content_part.text_delta', content_index: 0, delta });
    }
    turn.done(id);
  },
};
