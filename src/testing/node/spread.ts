import { reportedDuration } from '../../base/common/localeFormats.ts';
import type { TestOutcome } from '../../conversation/common/tests/runTestWith.ts';

/**
 * Lines that show how the runs of a test differ: the verdict and times of each, the smallest, middle and largest time, and
 * how often each failure occurred. Empty for one run.
 */
export function spreadLines({ runs }: Pick<TestOutcome, 'runs'>): readonly string[] {
  if (runs.length < 2) return [];
  const firstTexts = runs.flatMap(({ script }) => script.steps.flatMap(({ firstTextMs }) => firstTextMs ?? []));
  const failures = new Map<string, number>();
  for (const run of runs) {
    for (const message of new Set(run.failures.map((failure) => failure.message))) {
      failures.set(message, (failures.get(message) ?? 0) + 1);
    }
  }
  return [
    `${runs.filter(({ passed }) => passed).length} of ${runs.length} runs passed`,
    ...runs.map(({ passed, ms, script }, index) => {
      const thread = script.threadId === null ? '' : `  ${script.threadId}`;
      return `  ${passed ? '✓' : '✗'} run ${index + 1}  ${reportedDuration(ms)}${thread}`;
    }),
    `  time: ${range(runs.map(({ ms }) => ms))}`,
    ...(firstTexts.length === 0 ? [] : [`  first text: ${range(firstTexts)}`]),
    ...[...failures].sort(([, a], [, b]) => b - a).map(([message, count]) => `  ${count}× ${message}`),
  ];
}

/** `120 ms to 310 ms, median 150 ms` */
function range(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const [least = 0, middle = 0, most = 0] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  return `${reportedDuration(least)} to ${reportedDuration(most)}, median ${reportedDuration(middle)}`;
}
