import {
  type SeedThread,
  assistant,
  call,
  days,
  file,
  group,
  hours,
  image,
  thought,
  user,
  users,
  widget,
  widgetText,
} from '../builders/buildThread.ts';
import { card, text } from '../widgets/build.ts';

const script = '<script>document.title = "owned"</script><img src=x onerror="document.title = \'owned\'">';
const deep = (levels: number): object =>
  levels === 0 ? { type: 'Text', value: 'The bottom' } : { type: 'Box', padding: 0.25, children: [deep(levels - 1)] };

/** Content that must be harmless when it is shown. */
export const hostileThread: SeedThread = {
  key: 'hostile',
  user: users.odd,
  title: '</title><script>alert(1)</script> & "quotes" \u202Eesrever\u202C',
  ago: hours(11),
  lines: [
    user(0, script),
    user(1, 'Zalgo: h̷̛͓e̶͙͝l̸̰̈́l̵͉̎ȍ̴̱ \u0000\u0007 \u2028 \u2066isolates\u2069 \uD800 lone surrogate'),
    assistant(
      1,
      `[click me](javascript:document.title='owned') [data](data:text/html,<script>1</script>) [command](command:workbench.action.quit) [file](file:///etc/passwd)\n\n${script}\n\n<iframe src="https://evil.example"></iframe> ![pixel](https://tracker.example/pixel.gif)\n\n<style>* { display: none }</style>`,
      ['javascript:alert(1)//://', 'https://evil.example/"onmouseover="alert(1)', '../../../../etc/passwd'],
    ),
    user(1, '', {
      attachments: [
        image('cfile_js', '"><script>1</script>.png', 'javascript:alert(1)'),
        file('cfile_path', '../../.ssh/id_rsa', 'text/html', 'http://169.254.169.254/latest/meta-data'),
      ],
    }),
    thought(1, script, '**bold** <b>html</b> [link](javascript:1)'),
    group(1, ['custom', null, null], ['thought', '', '']),
    call(
      1,
      '__proto__',
      { constructor: { prototype: { polluted: true } }, html: script },
      { toString: 'not a function' },
    ),
    {
      gap: 1,
      body: {
        type: 'chatkit.client_tool_call',
        status: 'completed',
        call_id: '',
        name: 'double_encoded',
        arguments: JSON.stringify(JSON.stringify({ encoded: 'twice' })),
        output: '{"broken": ',
      },
    },
    widget(
      1,
      card(
        {
          background: 'url(https://tracker.example/bg.png)',
          padding: '1px; background: url(https://tracker.example/css)',
        },
        text(script, { color: 'red; position: fixed' }),
        text('javascript: addresses and tracking pixels below', { size: 'sm' }),
        { type: 'Image', src: 'https://tracker.example/widget.gif', width: 'calc(100vw * 10)' },
        { type: 'Markdown', value: `[x](javascript:1) ${script}` },
        { type: 'Input', name: '__proto__', pattern: '(a+)+$', defaultValue: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!' },
      ),
    ),
    widget(1, { type: 'Card', children: [deep(60)] }),
    widget(1, {
      type: 'Card',
      children: [{ type: 'Hologram', children: [{ type: 'Text', value: 'inside of something unknown' }] }, null, 7],
    }),
    widget(1, { type: 'Card', children: null }),
    widgetText(1, '{"type":"Card","children":['),
    widgetText(1, JSON.stringify(JSON.stringify(card({}, text('Encoded twice, and still readable'))))),
    widgetText(1, ''),
    widgetText(1, 'null'),
    assistant(1, `One line of 20,000 characters: ${'lorem'.repeat(4000)}`),
    assistant(
      1,
      Array.from({ length: 400 }, (_, line) => `${'> '.repeat(line % 12)}Line ${line} of a long answer`).join('\n'),
    ),
  ],
};

/** Unusual conversations. */
export const oddThreads: readonly SeedThread[] = [
  { key: 'empty', user: users.anonymous, title: null, ago: hours(1), lines: [] },
  {
    key: 'untitled',
    user: users.visitor,
    title: null,
    ago: hours(1) + 540,
    lines: [
      user(0, 'Do you ship to the Lofoten islands, and how long does it take in winter?'),
      assistant(2, 'Yes: three to five working days, up to eight when the ferries stand still.'),
    ],
  },
  {
    key: 'untitled upload',
    user: users.sofia,
    title: null,
    ago: days(1) + hours(5),
    lines: [
      user(0, '', { attachments: [file('cfile_scan', 'Scan 2026-11-12.pdf', 'application/pdf')] }),
      assistant(3, 'Thank you. That is a warranty card for a Vidda 3 Ultralight. What would you like to do with it?'),
    ],
  },
  {
    key: 'blank title',
    user: users.anonymous,
    title: '   ',
    ago: days(2),
    lines: [user(0, 'hi'), assistant(1, 'Hello! 👋')],
  },
  {
    key: 'same second',
    user: users.arjun,
    title: 'Everything at once',
    ago: days(2) + hours(9),
    lines: Array.from({ length: 24 }, (_, index) =>
      index % 2 === 0 ? user(0, `Question ${index / 2 + 1}`) : assistant(0, `Answer ${(index + 1) / 2}`),
    ),
  },
  {
    key: 'locked account',
    user: users.layla,
    title: 'Payment declined twice',
    status: { type: 'locked', reason: 'Account under review until the bank answers' },
    ago: days(1) + hours(14),
    lines: [
      user(0, 'My card is declined but the bank says everything is fine.'),
      assistant(
        2,
        'The bank asked us for a confirmation by phone (code `3DS-U`). A colleague looks at it and writes to you today.',
      ),
    ],
  },
];
