import { pictures } from '../../../seed/builders/art.ts';
import type { ServerAnnotation } from '../../../model/serverTypes.ts';
import { type Script, streamMessage } from './script.ts';

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

const text = `## Three ways to Lisbon

The **direct flight** is the fastest, the *night train* the nicest, and the ferry is for people with time.

| Way | Hours | Price |
|---|---:|---:|
| Flight | 4 | €182 |
| Train | 31 | €240 |
| Ferry | 74 | €310 |

\`\`\`ts
const best = ways.toSorted((a, b) => a.hours - b.hours)[0];
\`\`\`

1. Pick a day
2. Pick a seat
3. Do not forget the sun cream ☀️`;

const at = (phrase: string): number => text.indexOf(phrase) + phrase.length;

const annotations: readonly ServerAnnotation[] = [
  {
    type: 'annotation',
    index: at('direct flight**'),
    source: {
      type: 'url',
      title: 'Timetable, winter 2026',
      url: 'https://tap.example/timetable',
      attribution: 'tap.example',
      description: 'Flights between Oslo and Lisbon',
      timestamp: '2026-10-25T00:00:00',
      group: 'Airlines',
    },
  },
  {
    type: 'annotation',
    index: at('night train*'),
    source: { type: 'file', title: 'Night trains of Europe', filename: 'night-trains.pdf' },
  },
  {
    type: 'annotation',
    index: at('the ferry'),
    source: {
      type: 'entity',
      id: 'ferry_atlantico',
      title: 'MS Atlântico',
      label: 'Ferry',
      inline_label: 'Atlântico',
      icon: 'globe',
      interactive: true,
      data: { port: 'Kristiansand', cabins: 212 },
    },
  },
  { type: 'annotation', source: { type: 'url', title: 'Everything else', url: 'https://travel.example/lisbon' } },
];

export const textScript: Script = {
  command: '/text',
  description: 'a long message in Markdown, with all types of sources',
  run: (turn) => streamMessage(turn, text, { annotations }),
};
