import type { Widgets } from '@openai/chatkit';

// Functions that build widget trees, typed by the official package: unknown properties do not compile.

export type Node = Widgets.WidgetComponent;
type Props<T extends { type: string }> = Omit<T, 'type' | 'children'>;
type Of<Type extends Node['type']> = Extract<Node, { type: Type }>;

/** The properties of chatkit-api 6.3. */
interface Series {
  type: 'bar' | 'line' | 'area';
  dataKey: string;
  label?: string | null;
  color?: string | { light: string; dark: string };
  stack?: string;
  curveType?: 'linear' | 'monotone' | 'natural' | 'step' | 'basis' | 'bump';
}
interface Chart {
  data: readonly Readonly<Record<string, string | number>>[];
  series: readonly Series[];
  xAxis: string | { dataKey: string; hide?: boolean; labels?: Record<string, string> };
  showYAxis?: boolean;
  showLegend?: boolean;
  showTooltip?: boolean;
  barGap?: number;
  barCategoryGap?: number;
  height?: number | string;
  flex?: number | string;
  aspectRatio?: number | string;
}

export const card = (props: Props<Widgets.Card>, ...children: Node[]): Widgets.Card => ({
  type: 'Card',
  ...props,
  children,
});
export const list = (props: Props<Widgets.ListView>, ...children: Widgets.ListViewItem[]): Widgets.ListView => ({
  type: 'ListView',
  ...props,
  children,
});
export const entry = (props: Props<Widgets.ListViewItem>, ...children: Node[]): Widgets.ListViewItem => ({
  type: 'ListViewItem',
  ...props,
  children,
});

export const box = (props: Props<Of<'Box'>>, ...children: Node[]): Of<'Box'> => ({ type: 'Box', ...props, children });
export const row = (props: Props<Of<'Row'>>, ...children: Node[]): Of<'Row'> => ({ type: 'Row', ...props, children });
export const col = (props: Props<Of<'Col'>>, ...children: Node[]): Of<'Col'> => ({ type: 'Col', ...props, children });
export const form = (props: Props<Of<'Form'>>, ...children: Node[]): Of<'Form'> => ({
  type: 'Form',
  ...props,
  children,
});
export const spacer = (props: Props<Of<'Spacer'>> = {}): Of<'Spacer'> => ({ type: 'Spacer', ...props });
export const divider = (props: Props<Of<'Divider'>> = {}): Of<'Divider'> => ({ type: 'Divider', ...props });

export const text = (value: string, props: Omit<Props<Of<'Text'>>, 'value'> = {}): Of<'Text'> => ({
  type: 'Text',
  value,
  ...props,
});
export const title = (value: string, props: Omit<Props<Of<'Title'>>, 'value'> = {}): Of<'Title'> => ({
  type: 'Title',
  value,
  ...props,
});
export const caption = (value: string, props: Omit<Props<Of<'Caption'>>, 'value'> = {}): Of<'Caption'> => ({
  type: 'Caption',
  value,
  ...props,
});
export const markdown = (value: string, props: Omit<Props<Of<'Markdown'>>, 'value'> = {}): Of<'Markdown'> => ({
  type: 'Markdown',
  value,
  ...props,
});
export const label = (
  value: string,
  fieldName: string,
  props: Omit<Props<Of<'Label'>>, 'value' | 'fieldName'> = {},
): Of<'Label'> => ({
  type: 'Label',
  value,
  fieldName,
  ...props,
});
export const badge = (text: string, props: Omit<Props<Of<'Badge'>>, 'label'> = {}): Of<'Badge'> => ({
  type: 'Badge',
  label: text,
  ...props,
});
export const icon = (name: Of<'Icon'>['name'], props: Omit<Props<Of<'Icon'>>, 'name'> = {}): Of<'Icon'> => ({
  type: 'Icon',
  name,
  ...props,
});
export const image = (src: string, alt: string, props: Omit<Props<Of<'Image'>>, 'src' | 'alt'> = {}): Of<'Image'> => ({
  type: 'Image',
  src,
  alt,
  ...props,
});

export const button = (props: Props<Of<'Button'>>): Of<'Button'> => ({ type: 'Button', ...props });
export const input = (props: Props<Of<'Input'>>): Of<'Input'> => ({ type: 'Input', ...props });
export const textarea = (props: Props<Of<'Textarea'>>): Of<'Textarea'> => ({ type: 'Textarea', ...props });
export const select = (props: Props<Of<'Select'>>): Of<'Select'> => ({ type: 'Select', ...props });
export const datePicker = (props: Props<Of<'DatePicker'>>): Of<'DatePicker'> => ({ type: 'DatePicker', ...props });
export const checkbox = (props: Props<Of<'Checkbox'>>): Of<'Checkbox'> => ({ type: 'Checkbox', ...props });
export const radios = (props: Props<Of<'RadioGroup'>>): Of<'RadioGroup'> => ({ type: 'RadioGroup', ...props });

export const table = (...children: Of<'Table.Row'>[]): Of<'Table'> => ({ type: 'Table', children });
export const tr = (props: Props<Of<'Table.Row'>>, ...children: Of<'Table.Cell'>[]): Of<'Table.Row'> => ({
  type: 'Table.Row',
  ...props,
  children,
});
export const td = (props: Props<Of<'Table.Cell'>>, ...children: Node[]): Of<'Table.Cell'> => ({
  type: 'Table.Cell',
  ...props,
  children,
});

export const chart = (props: Chart): Node => untypedNode({ type: 'Chart', ...props });

/** A node that servers accept but the official types do not include (the table of chatkit-api 6.1). */
export const untypedNode = (node: { readonly type: string } & Readonly<Record<string, unknown>>): Node =>
  node as unknown as Node;

/** A thin bar that is `share` (0..1) full. */
export const progress = (share: number, color: string | { light: string; dark: string } = 'blue-400'): Node =>
  box(
    { height: 8, radius: 'full', background: 'alpha-10' },
    box({ height: '100%', width: `${Math.round(share * 100)}%`, radius: 'full', background: color }),
  );
