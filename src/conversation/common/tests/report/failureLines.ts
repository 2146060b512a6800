import { alignSequences } from '../../../../threads/common/compare/sequences.ts';
import type { TestFailure } from '../evaluate.ts';
import type { FinishedTest } from '../runTests.ts';

/** A failure with its place in the test file. */
export interface PlacedFailure extends TestFailure {
  readonly line: number;
  readonly column: number;
}

export function placedFailures({
  outcome,
  placeOf,
}: Pick<FinishedTest, 'outcome' | 'placeOf'>): readonly PlacedFailure[] {
  return outcome.failures.map((failure) => {
    const { line, column } = placeOf(failure.path);
    return { ...failure, line, column };
  });
}

/** Lines of a difference that are shown; the rest is cut in the middle. */
const maxLines = 40;

/** A line of a difference: only expected (`-`), only there (`+`), or both. */
interface DiffLine {
  readonly sign: '-' | '+' | ' ';
  readonly text: string;
}

/** Expected and actual, line by line; empty where both have one line, which the message already shows. */
export function diffLines({ expected, actual }: Pick<TestFailure, 'expected' | 'actual'>): readonly DiffLine[] {
  if (!expected.includes('\n') && !actual.includes('\n')) return [];
  const [wanted, given] = [linesOf(expected), linesOf(actual)];
  const lines = alignSequences(wanted, given).map(({ left, right }): DiffLine => {
    if (left !== null && right !== null) return { sign: ' ', text: wanted[left] ?? '' };
    return left !== null ? { sign: '-', text: wanted[left] ?? '' } : { sign: '+', text: given[right ?? 0] ?? '' };
  });
  if (lines.length <= maxLines) return lines;
  const cut: DiffLine = { sign: ' ', text: `… ${lines.length - maxLines} lines more` };
  return [...lines.slice(0, maxLines / 2), cut, ...lines.slice(-maxLines / 2)];
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

/** `3 of 5 runs passed`; empty for a test that ran once. */
export function runsText({ outcome }: Pick<FinishedTest, 'outcome'>): string {
  const { runs } = outcome;
  if (runs.length < 2) return '';
  return `${runs.filter(({ passed }) => passed).length} of ${runs.length} runs passed`;
}
