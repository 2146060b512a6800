import type { GalleryWidget } from './gallery/build.ts';
import { contentGallery } from './gallery/content.ts';
import { controlGallery } from './gallery/controls.ts';
import { dataGallery } from './gallery/data.ts';
import { layoutGallery } from './gallery/layout.ts';
import { rootGallery } from './gallery/roots.ts';
import { textGallery } from './gallery/text.ts';

/** Every component with every value of every prop, for the thread "Widget gallery" of the sandbox and for visual tests. */
export const widgetGallery: readonly GalleryWidget[] = [
  ...rootGallery,
  ...layoutGallery,
  ...textGallery,
  ...contentGallery,
  ...controlGallery,
  ...dataGallery,
];
