import { widgetGallery } from '../../../../widgets/common/gallery.ts';
import { minutes } from '../builders/durations.ts';
import type { SeedThread } from '../builders/buildThread.ts';
import { assistant, user, widget } from '../builders/lines.ts';
import { users } from '../builders/users.ts';

/** Every component of chatkit-api 6.3, with its properties. */
export const galleryThread: SeedThread = {
  key: 'gallery',
  user: users.visitor,
  title: 'Widget gallery',
  ago: minutes(75),
  lines: [
    user(0, 'Show me everything a widget can be made of.'),
    assistant(1, `Here they come: ${widgetGallery.length} widgets, one for each group of components.`),
    ...widgetGallery.flatMap(({ title, widget: root }) => [assistant(1, `**${title}**`), widget(0, root)]),
  ],
};
