import { randomUUID } from 'node:crypto';
import { relative, resolve } from 'node:path';
import { exactRedactor } from '../../../base/common/redact.ts';
import { isInside } from '../../../base/node/isInside.ts';
import type { ErrorKind, SourceError } from '../../../chatkit/common/errors.ts';
import {
  githubQuotes,
  githubReport,
  jsonReport,
  junitReport,
  prettySummary,
  prettyTest,
} from '../../../conversation/common/tests/reports.ts';
import { evaluate } from '../../../conversation/common/tests/evaluate.ts';
import {
  runTest,
  type TestOutcome,
  type SelectedTest,
  type TestSummary,
  runTests,
  selectTests,
} from '../../../conversation/common/tests/runTests.ts';
import { countAbandoned } from '../../../conversation/common/tests/snapshots.ts';
import { systemClock } from '../../../testing/node/systemClock.ts';
import { type ConnectionFlags, type Context, type OpenConnection, openConnection } from '../connection.ts';
import { CliError, exitCodeOf, exitCodes, reportOf } from '../errors.ts';
import { shownPath, writeText } from '../files.ts';
import { type LoadedTestFile, findTestFiles, loadTestFiles, readAttachment, saveSnapshots } from '../testFiles.ts';
import { waitForServer } from '../reading.ts';

interface TestFlags extends ConnectionFlags {
  readonly reporter?: readonly string[];
  readonly grep?: string;
  readonly tag?: readonly string[];
  readonly bail?: boolean;
  readonly updateSnapshots?: boolean;
  readonly workers?: number;
  readonly repeat?: number;
  readonly input?: readonly string[];
  readonly wait?: number;
}

/** Runs conversation tests against the connection of the flags. */
export async function runTestFiles(names: readonly string[], flags: TestFlags, context: Context): Promise<number> {
  const { out, signal, cwd } = context;
  const reporters = reportersOf(flags.reporter ?? [], out.isJson);
  const select = { grep: grepOf(flags.grep), tags: flags.tag ?? [] };
  const paths = await findTestFiles(names, context);
  const files = await loadTestFiles(paths, inputsOf(flags.input ?? []), context);
  const secrets = files.flatMap((file) => file.secrets);
  out.hide(secrets);
  const fileOf = new Map(files.flatMap((file) => file.tests.map((test) => [test, file] as const)));
  const tests = selectTests([...fileOf.keys()], select);
  if (tests.length === 0) throw new CliError('usage', 'No test has such a name or tag.', 'check --grep and --tag');
  const connections = await connectionsFor(files, flags, context);
  const redact = exactRedactor(secrets);
  const run = (selected: SelectedTest, stop: AbortSignal): Promise<TestOutcome> => {
    const file = fileOf.get(selected);
    const connection = connections.get(file?.user ?? null);
    if (file === undefined || connection === undefined) throw new Error('The test belongs to no file.');
    return runTest(evaluate, connection.source, selected.test, {
      signal: stop,
      clock: systemClock,
      snapshots: file.snapshots,
      acceptSnapshots: flags.updateSnapshots,
      repeat: flags.repeat,
      early: flags.repeat === undefined || flags.bail === true,
      redact: (text) => out.redact(redact(text)),
      ...(flags.uploadUrl === undefined ? {} : { uploadUrl: flags.uploadUrl }),
      readFile: (path) => readAttachment(path, file.path, cwd),
    });
  };
  try {
    const [first] = connections.values();
    if (first !== undefined && flags.wait !== undefined) await waitForServer(first.source, flags.wait, signal);
    const options = { color: out.hasColor };
    // What servers send is printed, and could contain workflow commands.
    const quotes = reporters.isGithub ? githubQuotes(randomUUID()) : { start: '', end: '' };
    await out.write(quotes.start);
    // In the order in which tests end; a slow reader of the output does not slow the tests.
    let printed = Promise.resolve();
    const summary = await runTests(tests, {
      signal,
      workers: flags.workers ?? 1,
      bail: flags.bail ?? false,
      now: systemClock.now,
      run,
      onEnd: (test) => {
        if (reporters.isPretty) printed = printed.then(() => out.write(prettyTest(test, options)));
      },
    });
    await printed;
    await report(summary, reporters, context, quotes.end);
    if (flags.updateSnapshots !== true) noteAbandoned(files, context);
    else if (!signal.aborted) await updateSnapshots(files, summary, context);
    return endOf(summary, context);
  } finally {
    await Promise.all([...connections.values()].map(({ close }) => close()));
  }
}

interface Reporters {
  readonly isPretty: boolean;
  readonly isGithub: boolean;
  readonly isJson: boolean;
  /** Files of `junit=FILE`. */
  readonly junit: readonly string[];
}

/** The printed report and the written files. Only a JSON document can be alone on standard output. */
function reportersOf(names: readonly string[], isJson: boolean): Reporters {
  const junit: string[] = [];
  const onOutput = new Set<string>(isJson ? ['json'] : []);
  for (const name of names) {
    const [, file] = /^junit=(.+)$/s.exec(name) ?? [];
    if (file !== undefined) junit.push(file);
    else if (name === 'pretty' || name === 'json' || name === 'github') onOutput.add(name);
    else {
      throw new CliError('usage', `There is no reporter "${name}".`, 'use pretty, json, github or junit=FILE');
    }
  }
  if (onOutput.has('json') && onOutput.size > 1) {
    throw new CliError(
      'usage',
      'The reporter json must be the only one on standard output.',
      'use it alone, or with junit=FILE',
    );
  }
  return { isPretty: !onOutput.has('json'), isGithub: onOutput.has('github'), isJson: onOutput.has('json'), junit };
}

function grepOf(pattern: string | undefined): ((name: string) => boolean) | null {
  if (pattern === undefined) return null;
  try {
    const expression = new RegExp(pattern, 'u');
    return (name) => expression.test(name);
  } catch {
    throw new CliError('usage', `--grep ${pattern} is not a regular expression.`, 'quote it, and escape . ( [ with \\');
  }
}

function inputsOf(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new CliError('usage', `--input ${text} has no value.`, 'pass --input name=value');
      return [text.slice(0, at), text.slice(at + 1)] as const;
    }),
  );
}

/** One connection for each end user that the files name; the user of the flags replaces them all. */
async function connectionsFor(files: readonly LoadedTestFile[], flags: TestFlags, context: Context) {
  const connections = new Map<string | null, OpenConnection>();
  for (const { user } of files) {
    if (!connections.has(user)) connections.set(user, await openConnection(flags, context, user));
  }
  const [any] = connections.values();
  if (any?.source.conversation === undefined) {
    throw new CliError('unsupported', 'The hosted API cannot send messages, so tests cannot run.', 'use --kind server');
  }
  return connections;
}

/** `beforeGithub`: what is printed between the text for people and the workflow commands. */
async function report(
  summary: TestSummary,
  reporters: Reporters,
  { out, cwd, env }: Context,
  beforeGithub: string,
): Promise<void> {
  if (reporters.isJson) await out.json(jsonReport(summary));
  if (reporters.isPretty) await out.write(prettySummary(summary, { color: out.hasColor }));
  if (reporters.isGithub) {
    const inRepository = (file: string): string => repositoryPath(resolve(cwd, file), env) ?? file;
    await out.write(`${beforeGithub}${githubReport(summary, inRepository)}`);
  }
  for (const name of reporters.junit) {
    const file = resolve(cwd, name);
    await writeText(file, out.redact(junitReport(summary)));
  }
}

/** The path of a file from the root of the repository that a workflow has checked out; null elsewhere. */
function repositoryPath(path: string, { GITHUB_WORKSPACE: root }: NodeJS.ProcessEnv): string | null {
  return root !== undefined && root !== '' && isInside(root, path) ? relative(root, path).replaceAll('\\', '/') : null;
}

function noteAbandoned(files: readonly LoadedTestFile[], { out, cwd }: Context): void {
  for (const { path, snapshots, tests } of files) {
    const count = countAbandoned(
      snapshots,
      tests.map(({ test }) => test.name),
    );
    const what =
      count === 1
        ? '1 snapshot is of no test: --update-snapshots removes it'
        : `${count} snapshots are of no test: --update-snapshots removes them`;
    if (count > 0) out.note(`${shownPath(path, cwd)}: ${what}.`);
  }
}

async function updateSnapshots(
  files: readonly LoadedTestFile[],
  summary: TestSummary,
  { out }: Context,
): Promise<void> {
  const counts = await Promise.all(
    files.map((file) => {
      const finished = summary.tests.filter(({ placeOf }) => placeOf === file.tests[0]?.placeOf);
      return finished.length === 0 ? 0 : saveSnapshots(file, finished);
    }),
  );
  const count = counts.reduce((sum, one) => sum + one, 0);
  out.note(count === 1 ? 'Updated 1 snapshot.' : `Updated ${count} snapshots.`);
}

function endOf(summary: TestSummary, { out, signal }: Context): number {
  if (signal.aborted) {
    out.note('Interrupted.');
    return exitCodes.interrupted;
  }
  const error = unreachable(summary);
  if (error !== null) {
    out.error(reportOf(error));
    return exitCodeOf(error);
  }
  return summary.failed > 0 ? exitCodes.failed : exitCodes.fine;
}

/** Errors that describe the connection, not the server under test. */
const ofConnection: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'unauthorized',
  'forbidden',
  'withheld',
  'notFound',
  'network',
  'tls',
  'proxy',
  'timeout',
  'rateLimited',
  'quota',
]);

/** The error because of which no test could start; null where one could. */
function unreachable({ tests }: TestSummary): SourceError | null {
  const ran = tests.filter(({ outcome }) => outcome.verdict !== 'skipped');
  const errors = ran.map(({ outcome }) => {
    const [first] = outcome.runs;
    const failure = first?.script.failure ?? null;
    const isFirstStep = failure?.step === 0 && first?.script.steps[0]?.events.length === 0;
    const source = failure?.error.source ?? null;
    return isFirstStep && source !== null && ofConnection.has(source.kind) ? source : null;
  });
  return errors.every((error) => error !== null) ? (errors[0] ?? null) : null;
}
