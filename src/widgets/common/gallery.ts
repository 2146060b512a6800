import {
  alignNames,
  buttonIconSizeNames,
  controlSizeNames,
  controlVariants,
  fieldVariants,
  gutterSizeNames,
  justifyNames,
  radiusNames,
  wrapNames,
} from './grammar/tokens.ts';
import {
  type GalleryWidget,
  caption,
  card,
  col,
  contentGallery,
  each,
  galleryImage,
  node,
  row,
  text,
  textGallery,
  tile,
} from './gallery/content.ts';
import { dataGallery, layoutGallery } from './gallery/data.ts';

const buttonColours = ['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger'];
const press = { type: 'gallery.press', payload: { from: 'gallery' } };
const options = [
  { value: 'e', label: 'Economy' },
  { value: 'b', label: 'Business', description: 'flexible' },
  { value: 'f', label: 'First', disabled: true },
];
const cities =
  'Bergen Berlin Bern Bilbao Bonn Bordeaux Bremen Brno Brussels Bucharest Budapest Oslo Paris Porto Prague Rome'
    .split(' ')
    .map((label, index) => ({ value: `city-${index}`, label, ...(index === 0 ? { description: 'Norway' } : {}) }));

export const controlGallery: readonly GalleryWidget[] = [
  card('Button', [
    ...controlVariants.map((variant) =>
      row(
        buttonColours.map((color) =>
          node('Button', { label: color, color, variant, size: 'sm', onClickAction: press }),
        ),
      ),
    ),
    each('Button', 'size', controlSizeNames, (size) => ({ label: String(size) })),
    each('Button', 'style', ['primary', 'secondary'], (style) => ({ label: String(style) })),
    each('Button', 'iconSize', buttonIconSizeNames, () => ({ iconStart: 'plus', label: 'Add', variant: 'outline' })),
    row([
      node('Button', { iconStart: 'search' }),
      node('Button', { iconStart: 'search', pill: false, variant: 'soft', color: 'info' }),
      node('Button', { label: 'A', uniform: true, variant: 'outline' }),
      node('Button', { label: 'Next', iconEnd: 'chevron-right' }),
      node('Button', { label: 'Not pill', pill: false }),
      node('Button', { label: 'Disabled', disabled: true }),
    ]),
    node('Button', {
      label: 'Block',
      block: true,
      onClickAction: { ...press, handler: 'client', loadingBehavior: 'container' },
    }),
    node('Row', {}, [
      node('Button', { label: 'Yes', block: true }),
      node('Button', { label: 'No', block: true, variant: 'outline' }),
    ]),
    node('Form', { onSubmitAction: { type: 'gallery.submit' } }, [node('Button', { label: 'Submits', submit: true })]),
  ]),
  card('Input', [
    ...['text', 'number', 'email', 'password', 'tel', 'url'].map((inputType) =>
      node('Input', { name: `input-${inputType}`, inputType, placeholder: inputType }),
    ),
    ...fieldVariants.map((variant) => node('Input', { name: `input-${variant}`, variant, defaultValue: variant })),
    ...controlSizeNames.map((size) => node('Input', { name: `input-${size}`, size, defaultValue: `Size ${size}` })),
    ...gutterSizeNames.map((gutterSize) =>
      node('Input', { name: `gutter-${gutterSize}`, gutterSize, defaultValue: `Gutter ${gutterSize}` }),
    ),
    node('Input', { name: 'pill', pill: true, defaultValue: 'Pill' }),
    node('Input', { name: 'disabled', disabled: true, defaultValue: 'Disabled' }),
    node('Input', {
      name: 'plate',
      required: true,
      pattern: '[A-Z]{2}[0-9]{5}',
      placeholder: 'AB12345',
      autoSelect: true,
      autoFocus: true,
      allowAutofillExtensions: true,
    }),
  ]),
  card('Textarea', [
    ...fieldVariants.map((variant) =>
      node('Textarea', { name: `area-${variant}`, variant, rows: 2, defaultValue: variant }),
    ),
    node('Textarea', {
      name: 'area-grows',
      autoResize: true,
      rows: 2,
      maxRows: 6,
      placeholder: 'Grows up to six lines',
      required: true,
      pattern: '.*',
      autoFocus: false,
      autoSelect: true,
      allowAutofillExtensions: false,
    }),
    node('Textarea', { name: 'area-disabled', disabled: true, defaultValue: 'Disabled' }),
    ...controlSizeNames.map((size) =>
      node('Textarea', { name: `area-${size}`, size, rows: 1, defaultValue: `Size ${size}` }),
    ),
    ...gutterSizeNames.map((gutterSize) =>
      node('Textarea', {
        name: `area-gutter-${gutterSize}`,
        gutterSize,
        rows: 1,
        defaultValue: `Gutter ${gutterSize}`,
      }),
    ),
  ]),
  card('Select', [
    each('Select', 'variant', controlVariants, (variant) => ({
      name: `select-${String(variant)}`,
      options,
      placeholder: String(variant),
    })),
    each('Select', 'size', controlSizeNames, (size) => ({
      name: `select-${String(size)}`,
      options,
      defaultValue: 'b',
    })),
    row([
      node('Select', { name: 'select-pill', options, pill: true }),
      node('Select', { name: 'select-clear', options, clearable: true, defaultValue: 'e' }),
      node('Select', { name: 'select-off', options, disabled: true }),
    ]),
    node('Select', { name: 'select-block', options, block: true, onChangeAction: { type: 'gallery.choose' } }),
    node('Select', { name: 'select-city', options: cities, placeholder: 'Searchable by itself' }),
    node('Select', { name: 'select-class', options, searchable: true, clearable: true, defaultValue: 'b' }),
  ]),
  card('DatePicker', [
    each('DatePicker', 'variant', controlVariants, (variant) => ({
      name: `date-${String(variant)}`,
      placeholder: String(variant),
    })),
    each('DatePicker', 'size', controlSizeNames, (size) => ({
      name: `date-${String(size)}`,
      defaultValue: '2026-01-15T00:00:00',
    })),
    each('DatePicker', 'side', ['top', 'bottom', 'left', 'right'], (side) => ({
      name: `side-${String(side)}`,
      placeholder: String(side),
    })),
    each('DatePicker', 'align', ['start', 'center', 'end'], (align) => ({
      name: `align-${String(align)}`,
      placeholder: String(align),
    })),
    row([
      node('DatePicker', { name: 'date-pill', pill: true }),
      node('DatePicker', { name: 'date-clear', clearable: true, defaultValue: '2026-01-15T00:00:00Z' }),
      node('DatePicker', { name: 'date-off', disabled: true }),
    ]),
    node('DatePicker', {
      name: 'date-block',
      block: true,
      min: '2026-01-05T00:00:00',
      max: '2026-02-20T00:00:00',
      defaultValue: '2026-01-20T00:00:00',
      onChangeAction: { type: 'gallery.day' },
    }),
  ]),
  card('Checkbox and RadioGroup', [
    node('Checkbox', { name: 'check', label: 'Checkbox' }),
    node('Checkbox', {
      name: 'check-on',
      label: 'Checked',
      defaultChecked: true,
      onChangeAction: { type: 'gallery.check' },
    }),
    node('Checkbox', { name: 'check-off', label: 'Disabled', disabled: true }),
    node('Checkbox', { name: 'check-required', label: 'Required', required: true }),
    node('Checkbox', { name: 'check-bare' }),
    ...['row', 'col', 'column'].map((direction) =>
      node('RadioGroup', {
        name: `radio-${direction}`,
        direction,
        options: options.map(({ description: _, ...rest }) => rest),
        defaultValue: 'b',
      }),
    ),
    node('RadioGroup', {
      name: 'radio-required',
      ariaLabel: 'Class',
      required: true,
      options: [{ value: 'y', label: 'Yes' }],
      onChangeAction: { type: 'gallery.radio' },
    }),
    node('RadioGroup', { name: 'radio-off', disabled: true, options: [{ value: 'y', label: 'Disabled' }] }),
  ]),
  card('Editable text', [
    col([
      caption('Text.editable'),
      node('Text', {
        value: 'Write over me',
        editable: { name: 'note', required: true, autoSelect: true, autoFocus: false },
      }),
      node('Text', {
        value: '',
        editable: {
          name: 'phone',
          placeholder: 'Telephone',
          pattern: '[+0-9 ]*',
          autoComplete: 'tel',
          allowAutofillExtensions: true,
        },
      }),
      node('Text', { value: 'Not editable', editable: false }),
    ]),
  ]),
];

function item(label: string, props = {}) {
  return node('ListViewItem', { key: label, ...props }, [node('Icon', { name: 'document' }), text(label)]);
}

export const rootGallery: readonly GalleryWidget[] = [
  ...['sm', 'md', 'lg', 'full'].map((size) => ({
    title: `Card ${size}`,
    widget: node('Card', { size, status: { text: `Card ${size}`, icon: 'cube' } }, [text(`A card of size ${size}`)]),
  })),
  {
    title: 'Card with actions',
    widget: node(
      'Card',
      {
        status: { text: 'Order #18', favicon: galleryImage, frame: true },
        padding: { x: 6, y: 3 },
        border: { size: 2, color: 'strong' },
        background: { light: 'blue-25', dark: 'blue-950' },
        confirm: { label: 'Got it', action: { type: 'order.ack', payload: { id: 18 } } },
        cancel: { label: 'Help', action: { type: 'order.help', handler: 'client' } },
      },
      [node('Title', { value: 'Arriving today', size: 'sm' }), text('2 parcels', { color: 'secondary' })],
    ),
  },
  {
    title: 'Card as form',
    widget: node(
      'Card',
      {
        asForm: true,
        size: 'sm',
        confirm: { label: 'Save', action: { type: 'trip.save', payload: { trip: { id: 7 } } } },
        cancel: { label: 'Discard', action: { type: 'trip.discard' } },
      },
      [
        node('Label', { value: 'City', fieldName: 'trip.city' }),
        node('Input', { name: 'trip.city', required: true, defaultValue: 'Oslo' }),
        node('Checkbox', { name: 'remind', label: 'Remind me', defaultChecked: true }),
      ],
    ),
  },
  {
    title: 'Form',
    widget: node('Card', { asForm: false }, [
      ...['col', 'row', 'column'].map((direction) =>
        node(
          'Form',
          { direction, gap: 2, align: 'end', onSubmitAction: { type: 'search', payload: { scope: 'all' } } },
          [node('Input', { name: 'query', placeholder: 'Search' }), node('Button', { submit: true, label: 'Go' })],
        ),
      ),
      ...alignNames.map((align) => node('Form', { align, gap: 1 }, [text(`Form align ${align}`)])),
      ...justifyNames.map((justify) => node('Form', { justify, direction: 'row' }, [text(`Form justify ${justify}`)])),
      ...wrapNames.map((wrap) => node('Form', { wrap, direction: 'row' }, [text(`Form wrap ${wrap}`)])),
      each('Form', 'radius', radiusNames, () => ({ size: 36, background: 'alpha-20' })),
      node(
        'Form',
        {
          flex: 'none',
          padding: 2,
          border: 1,
          background: 'surface-secondary',
          radius: 'md',
          margin: 1,
          height: 'auto',
          width: '100%',
          minHeight: 20,
          minWidth: 20,
          maxHeight: 400,
          maxWidth: 400,
        },
        [text('A form is a box, too')],
      ),
      node('Form', { size: 80, minSize: 40, maxSize: 100, aspectRatio: 1, background: 'alpha-05' }, [text('80 px')]),
    ]),
  },
  {
    title: 'Card, collapsed',
    widget: node('Card', { collapsed: true, status: { text: 'Done', icon: 'check-circle' } }, [text('Hidden body')]),
  },
  { title: 'Card, not collapsed', widget: node('Card', { collapsed: false, padding: '8px' }, [text('Shown body')]) },
  ...['light', 'dark'].map((theme) => ({
    title: `Card, always ${theme}`,
    widget: node('Card', { theme, status: { text: `Always ${theme}` } }, [
      row([node('Badge', { label: 'info', color: 'info' }), node('Button', { label: 'Button' }), tile('tile')]),
    ]),
  })),
  {
    title: 'ListView',
    widget: node('ListView', { limit: 3, status: { text: 'Files', icon: 'notebook' } }, [
      item('First', { onClickAction: { type: 'file.open', payload: { id: 1 } } }),
      item('Second', {
        gap: 4,
        onClickAction: { type: 'file.open', payload: { id: 2 }, loadingBehavior: 'none', streaming: false },
      }),
      ...alignNames.map((align) => item(`Aligned ${align}`, { align })),
    ]),
  },
  {
    title: 'ListView, limit auto',
    widget: node(
      'ListView',
      { limit: 'auto', theme: 'dark' },
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => item(name)),
    ),
  },
  { title: 'ListView, light', widget: node('ListView', { theme: 'light' }, [item('Light')]) },
  ...['row', 'col', 'column'].map((direction) => ({
    title: `Basic ${direction}`,
    widget: node('Basic', { direction, gap: 2, padding: 2 }, [caption(`Basic ${direction}`), tile('one'), tile('two')]),
  })),
  {
    title: 'Basic: align and justify',
    widget: node('Basic', {}, [
      ...alignNames.map((align) => node('Basic', { align, theme: 'light' }, [tile(`align ${align}`)])),
      ...justifyNames.map((justify) =>
        node('Basic', { justify, direction: 'row', theme: 'dark' }, [tile(`justify ${justify}`)]),
      ),
    ]),
  },
  {
    title: 'Unknown values',
    widget: node('Card', { sparkle: true }, [
      node('Hologram', { depth: 3 }, [col([text('Children of an unknown component')])]),
      node('Icon', { name: 'upload' }),
      node('Text', { value: 'Colour of no palette', color: 'mauve-ish' }),
    ]),
  },
];

/** Every component with every value of every prop, for the thread "Widget gallery" of the sandbox and for visual tests. */
export const widgetGallery: readonly GalleryWidget[] = [
  ...rootGallery,
  ...layoutGallery,
  ...textGallery,
  ...contentGallery,
  ...controlGallery,
  ...dataGallery,
];
