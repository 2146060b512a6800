import {
  beyond,
  button,
  caption,
  card,
  checkbox,
  col,
  datePicker,
  divider,
  form,
  input,
  label,
  radios,
  row,
  select,
  textarea,
} from '../widgets/build.ts';
import type { Example } from './example.ts';

const sizes = ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'] as const;
const variants = ['solid', 'soft', 'outline', 'ghost'] as const;
const options = ['Economy', 'Premium', 'Business', 'First'].map((name) => ({ value: name.toLowerCase(), label: name }));

/** Everything that is pressed or filled in. */
export const controlExamples: readonly Example[] = [
  {
    name: 'Button',
    widget: card(
      { size: 'full' },
      row(
        { gap: 2 },
        button({ label: 'Primary', style: 'primary' }),
        button({ label: 'Secondary', style: 'secondary' }),
        button({ label: 'Disabled', style: 'primary', disabled: true }),
        button({ label: 'Nothing set' }),
      ),
      ...variants.map((variant) =>
        row(
          { gap: 2, wrap: 'wrap' },
          ...(['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger'] as const).map(
            (color) => button({ label: color, color, variant, size: 'sm' }),
          ),
        ),
      ),
      row({ gap: 2, wrap: 'wrap' }, ...sizes.map((size) => button({ label: size, size }))),
      row(
        { gap: 2 },
        button({ label: 'Start', iconStart: 'play' }),
        button({ label: 'End', iconEnd: 'chevron-right' }),
        button({ label: 'Both', iconStart: 'search', iconEnd: 'external-link', iconSize: 'lg' }),
        button({ iconStart: 'plus' }),
        button({ iconStart: 'reload', uniform: true, variant: 'outline' }),
        button({ label: 'Square', pill: false }),
      ),
      button({
        label: 'As wide as the card',
        block: true,
        onClickAction: { type: 'gallery.click', payload: { value: 1 } },
      }),
      row(
        { gap: 2 },
        beyond({ type: 'Button', label: 'In the app', onClickAction: { type: 'gallery.client', handler: 'client' } }),
        beyond({
          type: 'Button',
          label: 'Whole widget waits',
          onClickAction: { type: 'gallery.container', loadingBehavior: 'container' },
        }),
        beyond({
          type: 'Button',
          label: 'No waiting',
          onClickAction: { type: 'gallery.none', loadingBehavior: 'none' },
        }),
        beyond({
          type: 'Button',
          label: 'In sync',
          onClickAction: { type: 'gallery.sync', streaming: false, payload: null },
        }),
      ),
    ),
  },
  {
    name: 'Input and Textarea',
    widget: card(
      { size: 'lg' },
      ...(['text', 'number', 'email', 'password', 'tel', 'url'] as const).map((inputType) =>
        input({ name: inputType, inputType, placeholder: inputType }),
      ),
      row(
        { gap: 2 },
        input({ name: 'soft', variant: 'soft', placeholder: 'soft' }),
        input({ name: 'pill', pill: true, placeholder: 'pill' }),
        input({ name: 'off', disabled: true, defaultValue: 'disabled' }),
      ),
      row({ gap: 1, wrap: 'wrap' }, ...sizes.map((size) => input({ name: size, size, placeholder: size }))),
      row(
        { gap: 1 },
        ...(['2xs', 'xs', 'sm', 'md', 'lg', 'xl'] as const).map((gutterSize) =>
          input({ name: gutterSize, gutterSize, defaultValue: gutterSize }),
        ),
      ),
      input({
        name: 'pattern',
        pattern: '[A-Z]{3}',
        placeholder: 'Three capitals',
        required: true,
        autoSelect: true,
        defaultValue: 'OSL',
      }),
      divider(),
      textarea({ name: 'three', placeholder: 'Three rows' }),
      textarea({ name: 'grows', rows: 1, autoResize: true, maxRows: 4, defaultValue: 'Grows\nup to\nfour' }),
      textarea({ name: 'soft area', variant: 'soft', rows: 2, disabled: true, defaultValue: 'disabled' }),
    ),
  },
  {
    name: 'Select and DatePicker',
    widget: card(
      { size: 'lg' },
      select({ name: 'plain', options }),
      select({
        name: 'chosen',
        options,
        defaultValue: 'business',
        clearable: true,
        onChangeAction: { type: 'gallery.select' },
      }),
      row({ gap: 2 }, ...variants.map((variant) => select({ name: variant, options, variant, placeholder: variant }))),
      row(
        { gap: 2 },
        select({ name: 'pill select', options, pill: true, size: 'sm' }),
        select({ name: 'off select', options, disabled: true }),
        select({ name: 'none', options: [] }),
      ),
      beyond({
        type: 'Select',
        name: 'searchable',
        block: true,
        searchable: true,
        placeholder: 'Searchable, with descriptions',
        options: [
          { value: 'a', label: 'Aurland', description: 'By train and boat' },
          { value: 'b', label: 'Bodø', description: 'By night train' },
          { value: 'c', label: 'Closed', disabled: true },
          ...Array.from({ length: 16 }, (_, index) => ({ value: `s${index}`, label: `Station ${index + 1}` })),
        ],
      }),
      divider(),
      datePicker({ name: 'day', onChangeAction: { type: 'gallery.date' } }),
      datePicker({
        name: 'bounded',
        defaultValue: '2026-12-04T00:00:00',
        min: '2026-12-01T00:00:00',
        max: '2026-12-24T00:00:00',
        block: true,
        clearable: true,
      }),
      row(
        { gap: 2 },
        datePicker({ name: 'soft day', variant: 'soft', size: 'sm', pill: true, side: 'top', align: 'start' }),
        datePicker({ name: 'off day', disabled: true }),
      ),
    ),
  },
  {
    name: 'Checkbox and RadioGroup',
    widget: card(
      {},
      checkbox({ name: 'plain', label: 'Plain' }),
      checkbox({ name: 'checked', label: 'Checked', defaultChecked: true, onChangeAction: { type: 'gallery.check' } }),
      checkbox({ name: 'needed', label: 'Needed', required: true }),
      checkbox({ name: 'off', label: 'Disabled', disabled: true, defaultChecked: true }),
      checkbox({ name: 'no label' }),
      divider(),
      radios({ name: 'row', options, defaultValue: 'premium' }),
      radios({
        name: 'col',
        direction: 'col',
        ariaLabel: 'Meal',
        options: [...options, { value: 'x', label: 'Sold out', disabled: true }],
      }),
      radios({ name: 'off radios', options, disabled: true }),
      radios({ name: 'no options' }),
    ),
  },
  {
    name: 'Form and Label',
    widget: card(
      {},
      form(
        { gap: 3, onSubmitAction: { type: 'trip.save', payload: { trip: 7 } } },
        col({ gap: 1 }, label('City', 'city'), input({ name: 'city', required: true })),
        form({ direction: 'row', gap: 2 }, caption('A form in a form'), input({ name: 'inner' })),
        button({ submit: true, label: 'Save', style: 'primary', block: true }),
      ),
    ),
  },
];
