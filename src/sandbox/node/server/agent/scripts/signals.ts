import type { RestThreadStatus } from '../../../model/restTypes.ts';
import { type Script, streamMessage } from './script.ts';

export const progressScript: Script = {
  command: '/progress',
  description: 'progress messages that replace each other',
  run: async (turn) => {
    for (const [text, icon] of [
      ['Opening the document', 'document'],
      ['Reading 48 pages', 'book-open'],
      ['Almost there', undefined],
    ] as const) {
      turn.send({ type: 'progress_update', text, ...(icon !== undefined && { icon }) });
      await turn.wait(700);
    }
    await streamMessage(turn, 'Read all of it.');
  },
};

export const noticeScript: Script = {
  command: '/notice',
  description: 'three notices: info, warning, danger',
  run: async (turn) => {
    turn.send({ type: 'notice', level: 'info', message: 'The shop is open until **18:00** today.' });
    await turn.wait(300);
    turn.send({
      type: 'notice',
      level: 'warning',
      title: 'Almost used up',
      message: '9 of 10 requests of this minute are used. [More](https://example.com/limits)',
    });
    await turn.wait(300);
    turn.send({ type: 'notice', level: 'danger', title: 'Payment failed', message: 'The card was **declined**.' });
  },
};

export const effectScript: Script = {
  command: '/effect',
  description: 'asks the application to do something',
  run: async (turn) => {
    turn.send({ type: 'client_effect', name: 'open_cart', data: { highlight: ['sku_18', 'sku_22'], scroll: true } });
    await turn.wait(200);
    turn.send({ type: 'client_effect', name: 'confetti', data: {} });
    await streamMessage(turn, 'Your cart is open on the right.');
  },
};

const statuses: Readonly<Record<string, RestThreadStatus>> = {
  lock: { type: 'locked', reason: 'A colleague is looking at it' },
  close: { type: 'closed', reason: 'Solved' },
  open: { type: 'active' },
};

export const statusScript: Script = {
  command: '/status',
  description: 'locks the thread for two seconds; `/status lock` and `/status close` are permanent',
  run: async (turn, _message, [name = '']) => {
    const status = statuses[name.toLowerCase()];
    if (status !== undefined) return turn.change({ status });
    turn.change({ status: { type: 'locked', reason: 'Just a moment' } });
    await turn.wait(2000);
    turn.change({ status: { type: 'active' }, title: 'Locked and opened again' });
  },
};
