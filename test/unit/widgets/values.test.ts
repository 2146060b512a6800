import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  addDays,
  addMonths,
  compareDays,
  formatDay,
  monthWeeks,
  parseDay,
} from '../../../src/widgets/common/grammar/calendar.ts';
import { iconNames, parseIcon } from '../../../src/widgets/common/grammar/icons.ts';
import { isAllowedHost, parseImageSource } from '../../../src/widgets/common/grammar/imageSource.ts';
import { widgetText } from '../../../src/chatkit/common/model/content.ts';
import type { Json } from '../../../src/base/common/json.ts';

describe('image sources', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['https://a.example/x.png', { kind: 'remote', host: 'a.example' }],
    ['HTTPS://A.example/x', { kind: 'remote', host: 'a.example' }],
    ['data:image/png;base64,AAAA', { kind: 'data' }],
    ['data:image/svg+xml,<svg/>', { kind: 'data' }],
    ['http://a.example/x.png', undefined],
    ['https://user:pw@a.example/x', undefined],
    ['//a.example/x.png', undefined],
    ['/pam.png', undefined],
    ['data:text/html,<script>', undefined],
    ['data:image/png', undefined],
    ['data:image/png;base64', undefined],
    ['javascript:alert(1)', undefined],
    [' https://a.example', undefined],
    ['https://', undefined],
    ['file:///etc/passwd', undefined],
    ['blob:https://a.example/1', undefined],
    ['vscode-resource://x', undefined],
    ['', undefined],
  ];
  for (const [src, expected] of cases) {
    test(JSON.stringify(src), () => assert.deepEqual(parseImageSource(src), expected));
  }

  const hosts: readonly (readonly [string, readonly string[] | null, boolean])[] = [
    ['a.example', null, true],
    ['a.example', [], false],
    ['a.example', ['a.example'], true],
    ['A.example', ['a.EXAMPLE'], true],
    ['cdn.a.example', ['a.example'], true],
    ['cdn.a.example', ['*.a.example'], true],
    ['a.example', ['https://a.example/'], true],
    ['nota.example', ['a.example'], false],
    ['a.example.evil.test', ['a.example'], false],
    ['a.example', [''], false],
    ['a.example', ['*.'], false],
  ];
  for (const [host, domains, allowed] of hosts) {
    test(`${host} in ${JSON.stringify(domains)}: ${allowed}`, () =>
      assert.equal(isAllowedHost(host, domains), allowed));
  }
});

describe('icons', () => {
  test('the 64 icons of the reference', () => assert.equal(new Set(iconNames).size, 64));
  const cases: readonly (readonly [string, unknown])[] = [
    ['book-open', { kind: 'named', name: 'book-open' }],
    ['lucide:arrow-down-0-1', { kind: 'lucide', name: 'arrow-down-0-1' }],
    ['vendor:own', { kind: 'vendor', name: 'own' }],
    ['vendor:Own Icon/2', { kind: 'vendor', name: 'Own Icon/2' }],
    ['upload', undefined],
    ['lucide:', undefined],
    ['lucide:../x', undefined],
    ['Lucide:star', undefined],
    ['__proto__', undefined],
    [`lucide:${'a'.repeat(100)}`, undefined],
  ];
  for (const [name, expected] of cases) {
    test(JSON.stringify(name.slice(0, 30)), () => assert.deepEqual(parseIcon(name), expected));
  }
});

describe('days', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['2026-01-31', '2026-01-31'],
    ['2026-01-31T23:59:59.999Z', '2026-01-31'],
    ['2026-01-31T00:00:00+02:00', '2026-01-31'],
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', undefined],
    ['2026-13-01', undefined],
    ['31.01.2026', undefined],
    ['2026-01-31T', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of cases) {
    test(JSON.stringify(text), () => {
      const day = parseDay(text);
      assert.equal(day && formatDay(day), expected);
    });
  }
  test('a month has six weeks that start on the first weekday', () => {
    const weeks = monthWeeks({ year: 2026, month: 2, day: 10 }, 1);
    assert.equal(weeks.length, 6);
    assert.equal(formatDay(weeks[0]?.[0] ?? { year: 0, month: 1, day: 1 }), '2026-01-26');
    const sundays = monthWeeks({ year: 2026, month: 2, day: 10 }, 7);
    assert.equal(formatDay(sundays[0]?.[0] ?? { year: 0, month: 1, day: 1 }), '2026-02-01');
  });
  test('adds days and months across the ends of months and years', () => {
    assert.equal(formatDay(addDays({ year: 2026, month: 12, day: 31 }, 1)), '2027-01-01');
    assert.equal(formatDay(addMonths({ year: 2026, month: 1, day: 31 }, 1)), '2026-02-28');
    assert.equal(formatDay(addMonths({ year: 2026, month: 1, day: 31 }, -2)), '2025-11-30');
    assert.ok(compareDays({ year: 2026, month: 1, day: 2 }, { year: 2025, month: 12, day: 31 }) > 0);
  });
});

describe('the texts of a widget', () => {
  const cases: readonly (readonly [string, Json, string])[] = [
    [
      'in reading order',
      {
        type: 'Card',
        status: { text: 'Order' },
        children: [{ type: 'Row', children: [{ value: 'Arriving' }, { label: 'On time' }] }, { value: 'today' }],
      },
      'Order Arriving On time today',
    ],
    ['on one line', { value: ' a\n  b\t' }, 'a b'],
    ['of one child', { children: { value: 'x' } }, 'x'],
    ['none', { type: 'Card', children: [] }, ''],
    ['of what is no widget', 'text', ''],
    ['of odd values', { value: 5, label: null, children: ['x', 7, null] }, ''],
  ];
  for (const [name, json, expected] of cases) test(name, () => assert.equal(widgetText(json), expected));

  test('are truncated', () => {
    assert.equal(widgetText({ value: 'one two three four' }, 10), 'one two t…');
  });
  test('are found at any depth without an error', () => {
    let deep: Json = { value: 'bottom' };
    for (let level = 0; level < 1_500; level += 1) deep = { children: [deep] };
    assert.equal(widgetText(deep), 'bottom');
    for (let level = 0; level < 50_000; level += 1) deep = { children: [deep] };
    assert.equal(widgetText(deep), '');
  });
});
