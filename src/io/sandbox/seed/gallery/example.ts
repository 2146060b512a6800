import type { Widgets } from '@openai/chatkit';

/** One widget of the gallery, under the name of what it shows. */
export interface Example {
  readonly name: string;
  readonly widget: Widgets.WidgetRoot;
}
