import type * as z from 'zod';
import { badge, caption, icon, image, label, markdown, text, title } from './components/content.ts';
import {
  basic,
  box,
  card,
  col,
  divider,
  form,
  listView,
  listViewItem,
  row,
  spacer,
  transition,
} from './components/containers.ts';
import { button, checkbox, datePicker, input, radioGroup, select, textarea } from './components/controls.ts';
import { chart, table, tableCell, tableRow } from './components/data.ts';
import type { ComponentSpec } from './components/fields.ts';

/**
 * Every component of ChatKit (chatkit-api 6.3). To add one: a schema in `components/`, an entry here, and its renderer in
 * `webview/components/` and `webview/widgetComponents.ts`.
 */
export const catalogue = {
  Card: card,
  ListView: listView,
  Basic: basic,
  ListViewItem: listViewItem,
  Box: box,
  Row: row,
  Col: col,
  Form: form,
  Spacer: spacer,
  Divider: divider,
  Transition: transition,
  Text: text,
  Title: title,
  Caption: caption,
  Markdown: markdown,
  Label: label,
  Badge: badge,
  Icon: icon,
  Image: image,
  Button: button,
  Input: input,
  Textarea: textarea,
  Select: select,
  DatePicker: datePicker,
  Checkbox: checkbox,
  RadioGroup: radioGroup,
  Table: table,
  'Table.Row': tableRow,
  'Table.Cell': tableCell,
  Chart: chart,
} as const;

export type ComponentName = keyof typeof catalogue;
export const componentNames = Object.keys(catalogue) as readonly ComponentName[];

/** Props of a component as defined by its schema. */
export type PropsOf<Name extends ComponentName> = z.infer<(typeof catalogue)[Name]['props']>;

/** Returns the component of a type; undefined for types that this version does not know. */
export function componentSpec(type: string): ComponentSpec<ComponentName> | undefined {
  return Object.hasOwn(catalogue, type) ? catalogue[type as ComponentName] : undefined;
}
