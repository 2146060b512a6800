import type { Widgets } from '@openai/chatkit';
import { avatar } from '../builders/art.ts';
import {
  badge,
  box,
  button,
  caption,
  card,
  chart,
  checkbox,
  col,
  divider,
  entry,
  icon,
  image,
  list,
  markdown,
  progress,
  row,
  select,
  spacer,
  table,
  td,
  text,
  textarea,
  title,
  tr,
} from './build.ts';

const minutes = ['13:50', '13:55', '14:00', '14:05', '14:10', '14:15', '14:20', '14:25', '14:30'];
const p95 = [212, 220, 218, 640, 1280, 1410, 1325, 480, 236];
const errors = [0.1, 0.1, 0.2, 1.9, 4.2, 4.8, 3.9, 0.7, 0.1];

/** Latency around an incident. */
export const latencyChart: Widgets.Card = card(
  { size: 'lg', status: { text: 'checkout-api · last 40 minutes', icon: 'analytics' } },
  row({}, title('p95 latency', { size: 'sm' }), spacer(), badge('SLO 400 ms', { color: 'danger' })),
  chart({
    height: 200,
    showYAxis: true,
    showLegend: true,
    showTooltip: true,
    xAxis: { dataKey: 'time' },
    data: minutes.map((time, index) => ({ time, p95: p95[index] ?? 0, errors: (errors[index] ?? 0) * 100 })),
    series: [
      { type: 'area', dataKey: 'p95', label: 'p95 (ms)', color: 'red', curveType: 'monotone' },
      { type: 'line', dataKey: 'errors', label: 'Errors (per 10,000)', color: 'purple', curveType: 'monotone' },
    ],
  }),
  markdown('Rises with deploy **v412** at 14:03, falls after the rollback at 14:21.'),
);

/** The slowest queries. */
export const slowQueries: Widgets.Card = card(
  { size: 'lg' },
  row({}, icon('search'), title('Slowest queries since 14:03', { size: 'sm' })),
  table(
    tr(
      { header: true },
      ...['Query', 'Calls', 'Mean', 'Share'].map((name, index) =>
        td({ align: index === 0 ? 'start' : 'end' }, text(name, { weight: 'semibold' })),
      ),
    ),
    ...(
      [
        ['SELECT … FROM price_rule WHERE cart_id', '41,208', '612 ms', '78 %', 'danger'],
        ['UPDATE cart SET total', '9,114', '44 ms', '12 %', 'warning'],
        ['SELECT … FROM stock', '38,400', '3 ms', '4 %', 'success'],
      ] as const
    ).map(([query, calls, mean, share, color]) =>
      tr(
        {},
        td({}, text(query, { size: 'sm', truncate: true })),
        td({ align: 'end' }, text(calls)),
        td({ align: 'end' }, text(mean)),
        td({ align: 'end' }, badge(share, { color })),
      ),
    ),
  ),
);

/** A rollback that requires approval. */
export const rollbackApproval: Widgets.Card = card(
  {
    size: 'md',
    status: { text: 'Needs your approval', icon: 'bolt' },
    confirm: {
      label: 'Roll back',
      action: { type: 'deploy.rollback', payload: { service: 'checkout-api', to: 'v411' } },
    },
    cancel: { label: 'Keep v412', action: { type: 'deploy.keep' } },
  },
  row(
    {},
    title('checkout-api', { size: 'sm' }),
    spacer(),
    badge('production', { color: 'danger', variant: 'outline' }),
  ),
  row(
    { gap: 2 },
    badge('v412', { color: 'secondary' }),
    icon('chevron-right', { size: 'sm' }),
    badge('v411', { color: 'success' }),
  ),
  text('3 clusters · about 90 seconds · no migration to undo', { size: 'sm', color: 'secondary' }),
  divider(),
  row(
    { gap: 2 },
    image(avatar('TN', '#6b4fbb'), 'Tuva Nilsen', { size: 28, radius: 'full' }),
    col({ gap: 0, flex: 1 }, text('Tuva Nilsen', { size: 'sm', weight: 'medium' }), caption('on call')),
    icon('check-circle-filled', { color: 'success' }),
  ),
);

/** What happened, in order. */
export const timeline: Widgets.ListView = list(
  { limit: 'auto', status: { text: 'Incident 2291', icon: 'book-clock' } },
  ...(
    [
      ['14:03', 'v412 rolled out', 'play', 'blue-400'],
      ['14:06', 'p95 above 400 ms', 'bolt', 'orange-400'],
      ['14:09', 'Alert sent to ops-oncall', 'phone', 'red-400'],
      ['14:21', 'Rolled back to v411', 'reload', 'purple-400'],
      ['14:28', 'p95 back to 236 ms', 'check', 'green-500'],
    ] as const
  ).map(([time, what, symbol, color]) =>
    entry(
      { key: time, gap: 3, align: 'center' },
      box(
        { size: 28, radius: 'full', background: color, align: 'center', justify: 'center' },
        icon(symbol, { size: 'sm', color: 'white' }),
      ),
      col({ gap: 0, flex: 1 }, text(what, { weight: 'medium' })),
      caption(time),
    ),
  ),
);

/** Revenue of two quarters. */
export const revenueChart: Widgets.Card = card(
  { size: 'lg', status: { text: 'Revenue by channel', icon: 'chart' } },
  row(
    { gap: 5 },
    ...(
      [
        ['This month', '€412k', '+ 8 %', 'success'],
        ['Returns', '€19k', '− 3 %', 'success'],
        ['Open carts', '1,284', '+ 14 %', 'warning'],
      ] as const
    ).map(([name, value, change, color]) =>
      col({ gap: 0 }, caption(name), row({ gap: 1 }, title(value, { size: 'md' }), badge(change, { color }))),
    ),
  ),
  chart({
    height: 220,
    showYAxis: true,
    showLegend: true,
    showTooltip: true,
    xAxis: 'month',
    barCategoryGap: 18,
    data: (
      [
        ['Jun', 182, 96, 41],
        ['Jul', 176, 104, 39],
        ['Aug', 190, 121, 44],
        ['Sep', 214, 133, 52],
        ['Oct', 221, 140, 50],
        ['Nov', 236, 151, 57],
      ] as const
    ).map(([month, web, shop, app]) => ({ month, web, shop, app })),
    series: [
      { type: 'bar', dataKey: 'web', label: 'Web', stack: 'channel', color: 'blue' },
      { type: 'bar', dataKey: 'shop', label: 'Shops', stack: 'channel', color: 'purple' },
      { type: 'bar', dataKey: 'app', label: 'App', stack: 'channel', color: 'orange' },
    ],
  }),
);

/** Work in progress. */
export const taskBoard: Widgets.Card = card(
  { size: 'md', status: { text: 'Onboarding · week 1', icon: 'notebook-pencil' } },
  row({}, title('4 of 6 done', { size: 'sm' }), spacer(), text('67 %', { color: 'secondary' })),
  progress(0.67),
  ...(
    [
      ['Sign the contract', true],
      ['Laptop and badge', true],
      ['Meet the team', true],
      ['First pull request', true],
      ['Security training', false],
      ['Pick a mentor', false],
    ] as const
  ).map(([what, done]) =>
    row(
      { gap: 2 },
      icon(done ? 'check-circle-filled' : 'empty-circle', { color: done ? 'success' : 'tertiary' }),
      text(what, { lineThrough: done, color: done ? 'secondary' : 'primary' }),
    ),
  ),
  button({
    label: 'Open the checklist',
    style: 'secondary',
    block: true,
    iconEnd: 'external-link',
    onClickAction: { type: 'checklist.open' },
  }),
);

/** What people thought of it: a card that is a form. */
export const survey: Widgets.Card = card(
  {
    size: 'sm',
    asForm: true,
    confirm: { label: 'Send', action: { type: 'survey.send', payload: { incident: 2291 } } },
    cancel: { label: 'Skip', action: { type: 'survey.skip' } },
  },
  title('How did the incident call go?', { size: 'sm' }),
  select({
    name: 'rating',
    block: true,
    placeholder: 'Choose one',
    options: [
      { value: '3', label: 'Smooth' },
      { value: '2', label: 'Some waiting' },
      { value: '1', label: 'Confusing' },
    ],
  }),
  textarea({ name: 'note', rows: 3, placeholder: 'What should change next time?' }),
  checkbox({ name: 'share', label: 'Share with the team', defaultChecked: true }),
);
