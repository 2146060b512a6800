import { minutes } from '../ago.ts';
import type { SeedThread } from '../plant.ts';
import { assistant, user, widget } from '../say.ts';
import { users } from '../users.ts';
import { controlExamples } from './controls.ts';
import { dataExamples } from './data.ts';
import { layoutExamples } from './layout.ts';
import { textExamples } from './text.ts';

export const examples = [...textExamples, ...layoutExamples, ...controlExamples, ...dataExamples];

/** Every component of chatkit-api 6.3, with its properties. */
export const galleryThread: SeedThread = {
  key: 'gallery',
  user: users.visitor,
  title: 'Widget gallery',
  ago: minutes(75),
  lines: [
    user(0, 'Show me everything a widget can be made of.'),
    assistant(1, `Here they come: ${examples.length} widgets, one for each group of components.`),
    ...examples.flatMap(({ name, widget: root }) => [assistant(1, `**${name}**`), widget(0, root)]),
  ],
};
