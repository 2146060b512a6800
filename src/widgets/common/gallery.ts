import { alignNames, justifyNames, radiusNames, wrapNames } from './grammar/tokens.ts';
import {
  type GalleryWidget,
  caption,
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
import { controlGallery } from './gallery/controls.ts';
import { dataGallery, layoutGallery } from './gallery/data.ts';

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
