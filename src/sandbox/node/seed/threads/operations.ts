import {
  type SeedThread,
  assistant,
  call,
  customTask,
  days,
  group,
  hours,
  image,
  minutes,
  thought,
  user,
  users,
  widget,
} from '../builders/buildThread.ts';
import {
  latencyChart,
  revenueChart,
  rollbackApproval,
  slowQueries,
  survey,
  taskBoard,
  timeline,
} from '../widgets/operations.ts';

/** Conversations of an operations team. */
export const operationsThreads: readonly SeedThread[] = [
  {
    key: 'checkout latency',
    user: users.operations,
    title: 'p95 of checkout-api above 1 s',
    ago: minutes(38),
    lines: [
      user(0, 'checkout-api p95 jumped to 1.3 s. What changed?', {
        attachments: [image('cfile_dashboard', 'dashboard.png', '/sandbox/files/dashboard.png')],
        model: 'gpt-5',
        tool: 'incident_review',
      }),
      group(
        1,
        ['custom', 'Read metrics', 'p95, errors and saturation of 12 services'],
        ['custom', 'Listed deploys', 'v412 at 14:03 (checkout-api)'],
        [
          'thought',
          'Line them up',
          'The rise starts 20 seconds after v412; nothing else was deployed within the hour.',
        ],
      ),
      widget(2, latencyChart),
      customTask(1, 'Read slow query log', '3 statements above 40 ms'),
      widget(1, slowQueries),
      assistant(
        2,
        'The cause is **v412**: it reads price rules per cart line instead of once per cart.\n\n```diff\n-const rules = await priceRules.forCart(cart.id);\n+for (const line of cart.lines) {\n+  line.rules = await priceRules.forCart(cart.id);\n+}\n```\n\nA cart of 20 lines now asks the database 20 times. Rolling back needs no migration.',
        [
          'https://git.example/checkout/compare/v411...v412',
          'https://grafana.example/d/checkout',
          'runbook-rollback.md',
        ],
      ),
      widget(1, rollbackApproval),
      user(44, 'Roll back.'),
      call(
        1,
        'deploy',
        { service: 'checkout-api', version: 'v411', clusters: ['eu-1', 'eu-2', 'us-1'], dryRun: false },
        { status: 'done', seconds: 87, pods: { replaced: 36, failed: 0 } },
      ),
      customTask(4, 'Watched for two minutes', 'p95 236 ms, errors 0.1 %'),
      widget(1, timeline),
      assistant(
        1,
        'Back to normal: p95 is **236 ms**, errors **0.1 %**. I opened incident 2291 with the timeline above.',
        ['https://incidents.example/2291'],
      ),
      widget(2, survey),
    ],
  },
  {
    key: 'monthly numbers',
    user: users.finance,
    title: 'How did November go?',
    ago: hours(7),
    lines: [
      user(0, 'Revenue by channel for the last six months, please. And are returns up?'),
      group(
        1,
        ['custom', 'Queried the warehouse', '18 rows in 0.4 s'],
        ['thought', null, 'Net of returns, or the app looks better than it is.'],
      ),
      widget(1, revenueChart),
      assistant(
        2,
        'November closed at **€444k**, 8 % above October. Returns are *down* to 4.3 %.\n\n- **Web** grows steadily (+ 7 %)\n- **Shops** had their best month since the move\n- **App** is small but its carts convert best: $\\frac{1{,}021}{2{,}305} \\approx 44\\,\\%$',
        ['warehouse/revenue_by_channel.sql', 'https://bi.example/dashboards/revenue'],
      ),
    ],
  },
  {
    key: 'onboarding',
    user: users.kenji,
    title: 'Onboarding checklist',
    ago: days(2) + hours(1),
    lines: [
      user(0, 'What is left on my onboarding list?'),
      call(
        1,
        'read_checklist',
        { employee: 'kenji.watanabe' },
        { done: 4, open: ['Security training', 'Pick a mentor'] },
      ),
      widget(1, taskBoard),
      assistant(
        1,
        'Two things are left. The security training takes about 25 minutes; for a mentor, **Ingrid** and **Sam** have time.',
      ),
    ],
  },
  {
    key: 'thermostat',
    user: users.visitor,
    title: 'Pair the new thermostat',
    ago: hours(3),
    lines: [
      user(0, 'I cannot get the thermostat in the hall to pair with the app.'),
      thought(2, 'Known problem?', 'Firmware 2.1 needs Bluetooth for the first pairing.'),
      assistant(1, 'Let me look for it from your phone. Please keep the app open and stand within three metres of it.'),
      // The app was closed before it responded, so the call remains open.
      call(2, 'scan_bluetooth', {
        timeoutSeconds: 30,
        services: ['0000181a-0000-1000-8000-00805f9b34fb'],
        filter: { namePrefix: 'Hauk' },
      }),
    ],
  },
  {
    key: 'loan',
    user: users.odd,
    title: 'What does a loan of €12,000 cost?',
    ago: days(1) + hours(11),
    lines: [
      user(0, 'How do you get to 366 a month for 12,000 at 6.2 % over 3 years?'),
      assistant(
        3,
        'With the annuity formula:\n\n$$\nA = P \\cdot \\frac{i}{1 - (1 + i)^{-n}} = 12{,}000 \\cdot \\frac{0.062/12}{1 - (1 + 0.062/12)^{-36}} \\approx 366.51\n$$\n\n1. $P = 12{,}000$ is what you borrow\n2. $i = 0.062 / 12$ is the interest of a month\n3. $n = 36$ is the number of months\n\n> Over the three years you pay **€13,194.36**, of which €1,194.36 is interest.\n\nIn code:\n\n```python\ndef monthly(principal: float, yearly: float, months: int) -> float:\n    i = yearly / 12\n    return principal * i / (1 - (1 + i) ** -months)\n\nassert round(monthly(12_000, 0.062, 36), 2) == 366.15\n```',
        ['loan-terms.pdf'],
      ),
      user(60, 'Your code says 366.15 and your text says 366.51.'),
      assistant(
        4,
        'You are right, the text was wrong: it is **€366.15** a month, **€13,181.46** in all. ~~€13,194.36~~',
      ),
    ],
  },
];
