import { invoice, orderStatus, productPicker, refundOffer } from '../../../seed/widgets/commerce.ts';
import {
  badge,
  button,
  card,
  col,
  markdown,
  row,
  spacer,
  text,
  title,
  untypedNode,
} from '../../../seed/widgets/build.ts';
import { latencyChart, survey } from '../../../seed/widgets/operations.ts';
import { boardingPass, bookingForm, flightOptions, hotel } from '../../../seed/threads/travel.ts';
import type { Turn } from '../../protocol/turn.ts';
import type { JsonObject } from '../../../model/serverTypes.ts';
import type { Script } from './script.ts';

const samples: Readonly<Record<string, object>> = {
  order: orderStatus,
  products: productPicker,
  refund: refundOffer,
  invoice,
  chart: latencyChart,
  survey,
  flights: flightOptions,
  pass: boardingPass,
  form: bookingForm,
  hotel,
};

export const widgetScript: Script = {
  command: '/widget',
  description: `a widget that grows while it streams; or one of ${Object.keys(samples).join(', ')}`,
  run: async (turn, _message, [name]) => {
    const widget = name === undefined ? undefined : samples[name.toLowerCase()];
    if (widget !== undefined) {
      await turn.wait(300);
      turn.put({ type: 'widget', widget: widget as JsonObject, copy_text: `The ${name} widget` });
      return;
    }
    await streamedWidget(turn);
  },
};

const note =
  'The driver is **two stops away**. She calls you when she is at the door, and leaves the parcel with the neighbour if nobody opens.';

/** Streams a widget with all three kinds of widget updates (chatkit-api 5.7). */
async function streamedWidget(turn: Turn): Promise<void> {
  const state = (label: string, done: boolean, value: string) =>
    card(
      { size: 'sm', status: { text: 'Delivery', icon: 'suitcase' } },
      row(
        { id: 'head' },
        title('Parcel 4471', { size: 'sm' }),
        spacer(),
        badge(label, { id: 'state', color: done ? 'success' : 'info' }),
      ),
      markdown(value, { id: 'note', streaming: !done }),
    );
  const id = turn.add({ type: 'widget', widget: state('Looking', false, '') as JsonObject });
  for (const delta of note.match(/\S+\s*/g) ?? []) {
    await turn.wait(40);
    turn.update(id, { type: 'widget.streaming_text.value_delta', component_id: 'note', delta, done: false });
  }
  turn.update(id, { type: 'widget.streaming_text.value_delta', component_id: 'note', delta: '', done: true });
  await turn.wait(400);
  const found = badge('On its way', { id: 'state', color: 'warning' });
  turn.update(id, { type: 'widget.component.updated', component_id: 'state', component: found as JsonObject });
  await turn.wait(600);
  const delivered = {
    ...state('Delivered', true, note),
    confirm: { label: 'Thank the driver', action: { type: 'delivery.thank', payload: { parcel: 4471 } } },
  };
  turn.update(id, { type: 'widget.root.updated', widget: delivered as JsonObject });
  turn.done(id);

  await turn.wait(200);
  const counter = card(
    { size: 'sm' },
    row(
      {},
      col({ gap: 0, flex: 1 }, text('Pressed'), title('0', { id: 'count', size: 'lg' })),
      button({ label: 'Press', onClickAction: { type: 'sandbox.count' } }),
    ),
    // The response contains the new widget instead of a stream, so the button works during another response.
    untypedNode({
      type: 'Button',
      label: 'Press in sync',
      variant: 'soft',
      block: true,
      onClickAction: { type: 'sandbox.count', streaming: false },
    }),
  );
  turn.put({ type: 'widget', widget: counter as JsonObject });
}
