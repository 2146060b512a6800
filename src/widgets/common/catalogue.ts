import type * as z from 'zod';
import { badge } from './components/badge.ts';
import { basic } from './components/basic.ts';
import { box } from './components/box.ts';
import { button } from './components/button.ts';
import { caption } from './components/caption.ts';
import { card } from './components/card.ts';
import { chart } from './components/chart.ts';
import { checkbox } from './components/checkbox.ts';
import { col } from './components/col.ts';
import { datePicker } from './components/datePicker.ts';
import { divider } from './components/divider.ts';
import { form } from './components/form.ts';
import { icon } from './components/icon.ts';
import { image } from './components/image.ts';
import { input } from './components/input.ts';
import { label } from './components/label.ts';
import { listView } from './components/listView.ts';
import { listViewItem } from './components/listViewItem.ts';
import { markdown } from './components/markdown.ts';
import { radioGroup } from './components/radioGroup.ts';
import { row } from './components/row.ts';
import { select } from './components/select.ts';
import { spacer } from './components/spacer.ts';
import type { ComponentSpec } from './components/spec.ts';
import { table } from './components/table.ts';
import { tableCell } from './components/tableCell.ts';
import { tableRow } from './components/tableRow.ts';
import { text } from './components/text.ts';
import { textarea } from './components/textarea.ts';
import { title } from './components/title.ts';
import { transition } from './components/transition.ts';

/**
 * Every component of ChatKit (chatkit-api 6.3). To add one: a file in `components/`, an entry here, and its renderer in
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
