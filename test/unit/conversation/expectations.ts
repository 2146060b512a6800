// Results of steps, as a script gives them, and what is wrong with them.
import assert from 'node:assert/strict';
import { parseJsonText } from '../../../src/base/common/parseJson.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { StepResult } from '../../../src/conversation/common/script/types.ts';
import { matchStep } from '../../../src/conversation/common/tests/expect/matchStep.ts';
import { stepExpectation } from '../../../src/conversation/common/tests/schema/testFileSchema.ts';
import { inPseudoLanguage } from '../../support/pseudoLanguage.ts';
import { widget } from '../threads/summary/items.ts';
import { say } from './steps.ts';

export function stepResult(items: readonly ThreadItem[], more: Partial<StepResult> = {}): StepResult {
  return {
    index: 0,
    step: say('Hi'),
    startedAt: 0,
    durationMs: 0,
    outcome: 'done',
    command: null,
    events: [],
    droppedEvents: 0,
    items: items.map((item, index) => ({ ...item, id: `item_${index}` })),
    openItems: [],
    removedItems: [],
    answered: null,
    thread: null,
    notices: [],
    progress: [],
    effects: [],
    fault: null,
    error: null,
    firstEventMs: 10,
    firstTextMs: 20,
    endMs: 30,
    problems: [],
    ...more,
  };
}

/** Messages of what is wrong; empty when all is as expected. Each must be in the user's language. */
export function messages(expected: unknown, result: StepResult): readonly string[] {
  const parsed = stepExpectation.parse(expected);
  const check = () => matchStep(parsed, result).mismatches;
  for (const { message } of inPseudoLanguage(check)) assert.match(message, /⟦.*⟧/s, 'a message is not translated');
  return check().map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** The parser's own words for text that is not JSON. */
export function parseErrorOf(text: string): string {
  const value = parseJsonText(text);
  return value.form === 'invalid' ? value.error : '';
}

export type Case = readonly [title: string, expected: object, items: readonly ThreadItem[], wrong: readonly string[]];

export const card = widget(
  JSON.stringify({
    type: 'Card',
    children: [
      { type: 'Title', value: 'Parcel 4471', id: 'x1' },
      { type: 'Row', children: [{ type: 'Badge', label: 'Delayed', color: 'warning' }] },
    ],
  }),
);
