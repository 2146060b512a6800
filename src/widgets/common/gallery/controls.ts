import {
  buttonIconSizeNames,
  controlSizeNames,
  controlVariants,
  fieldVariants,
  gutterSizeNames,
} from '../grammar/tokens.ts';
import { type GalleryWidget, caption, card, col, each, node, row } from './content.ts';

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
