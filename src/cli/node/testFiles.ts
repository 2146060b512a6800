import { readdir, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { AttachmentFile } from '../../chatkit/common/stream/conversationApi.ts';
import { type Placeholder, placeholderText } from '../../base/common/placeholders.ts';
import { maxAttachmentBytes, mimeTypeOf } from '../../conversation/common/attachments.ts';
import { isInside } from '../../base/node/isInside.ts';
import { ScriptError } from '../../conversation/common/script/types.ts';
import { type TestFile, readTestFile } from '../../conversation/common/tests/readTestFile.ts';
import type { FinishedTest, SelectedTest } from '../../conversation/common/tests/runTests.ts';
import { snapshotFileName, snapshotFolder, testFileExtension } from '../../conversation/common/tests/fileNames.ts';
import {
  type Snapshots,
  mergeSnapshots,
  readSnapshots,
  writeSnapshots,
} from '../../conversation/common/tests/snapshots.ts';
import type { Context } from './connection.ts';
import { CliError } from './errors.ts';
import { readFileBytes, readText, shownPath, writeText } from './files.ts';
import { isMissing } from '../../base/node/isMissing.ts';

/** A test file that can run. */
export interface LoadedTestFile {
  /** Absolute. */
  readonly path: string;
  readonly user: string | null;
  readonly tests: readonly SelectedTest[];
  readonly snapshots: Snapshots;
  /** Values of the environment that the file uses. */
  readonly secrets: readonly string[];
}

/** Finds the files: those that are named, and every test file in a folder that is named. Throws `CliError`. */
export async function findTestFiles(names: readonly string[], { cwd }: Context): Promise<readonly string[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const path = resolve(cwd, name);
      if (!(await stat(path)).isDirectory()) return [path];
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      const inside = entries
        .filter((entry) => entry.isFile() && entry.name.endsWith(testFileExtension))
        .map((entry) => join(entry.parentPath ?? path, entry.name))
        .filter((file) => !relative(path, file).split(sep).includes('node_modules'));
      if (inside.length > 0) return inside.sort();
      throw new CliError('file', `The folder ${name} contains no test files.`, `name them *${testFileExtension}`);
    }),
  );
  return [...new Set(found.flat())];
}

/**
 * Reads test files and fills in their placeholders. `inputs`: the values of `--input`. Throws `CliError` with every problem
 * before any test runs.
 */
export async function loadTestFiles(
  paths: readonly string[],
  inputs: ReadonlyMap<string, string>,
  context: Context,
): Promise<readonly LoadedTestFile[]> {
  const { out, cwd } = context;
  const files = await Promise.all(
    paths.map(async (path) => ({ path, file: readTestFile(await readText(path, context)) })),
  );
  const places = files.flatMap(({ path, file }) =>
    file.problems.map(({ severity, message, line, column }) => ({
      severity,
      text: `${shownPath(path, cwd)}:${line}:${column}: ${message}`,
    })),
  );
  const [first, ...others] = places.filter(({ severity }) => severity === 'error');
  for (const { severity, text } of places) if (severity === 'warning') out.note(`warning: ${text}`);
  if (first !== undefined) {
    for (const { text } of others) out.note(text);
    const more = others.length === 0 ? '' : ` ${others.length} more ${others.length === 1 ? 'problem' : 'problems'}.`;
    throw new CliError('file', `${first.text}${more}`, 'correct the test file');
  }
  const valueOf = valuesOf(
    files.map(({ file }) => file),
    inputs,
    context,
  );
  return Promise.all(files.map(async ({ path, file }) => loaded(path, file, valueOf, cwd)));
}

/** Returns the value of each placeholder. Throws `CliError` that names every missing one. */
function valuesOf(files: readonly TestFile[], inputs: ReadonlyMap<string, string>, { env }: Context) {
  const valueOf = ({ kind, name }: Placeholder): string | undefined =>
    kind === 'env' ? env[name] : (inputs.get(name) ?? env[inputVariable(name)]);
  const missing = files.flatMap(({ reads }) =>
    reads.filter(({ placeholder }) => valueOf(placeholder) === undefined).map(({ placeholder }) => placeholder),
  );
  const [first] = missing;
  if (first === undefined) return valueOf;
  const names = [...new Set(missing.map(placeholderText))].join(', ');
  const nextStep =
    first.kind === 'env'
      ? `set ${first.name}`
      : `pass --input ${first.name}=VALUE, or set ${inputVariable(first.name)}`;
  throw new CliError('usage', `There is no value for ${names}.`, nextStep);
}

/** The environment variable of an input: `order-id` is `CHATKIT_INPUT_ORDER_ID`. */
function inputVariable(name: string): string {
  return `CHATKIT_INPUT_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}

async function loaded(
  path: string,
  file: TestFile,
  valueOf: (placeholder: Placeholder) => string | undefined,
  cwd: string,
): Promise<LoadedTestFile> {
  const shown = shownPath(path, cwd);
  try {
    const { user, tests } = file.resolve(valueOf);
    const secrets = file.reads.flatMap(({ placeholder }) =>
      placeholder.kind === 'env' ? [valueOf(placeholder) ?? ''] : [],
    );
    const { placeOf } = file;
    const selected = tests.map((test) => ({ file: shown, test, place: placeOf([...test.path, 'name']), placeOf }));
    return { path, user, tests: selected, snapshots: await savedSnapshots(path), secrets };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CliError('file', `${shown}: ${error.message}`, 'correct the test file');
  }
}

function snapshotPath(path: string): string {
  return join(dirname(path), snapshotFolder, snapshotFileName(basename(path)));
}

async function savedSnapshots(path: string): Promise<Snapshots> {
  const file = snapshotPath(path);
  try {
    return readSnapshots(await readText(file, { cwd: '/' }));
  } catch (error) {
    if (isMissing(error)) return new Map();
    if (error instanceof RangeError) throw new RangeError(`${basename(file)}: ${error.message}`, { cause: error });
    throw error;
  }
}

/**
 * Saves the snapshots of the tests that passed, and removes those that these tests no longer use, and those of tests that no
 * longer exist. Returns how many changed.
 */
export async function saveSnapshots(
  { path, snapshots, tests: all }: LoadedTestFile,
  finished: readonly FinishedTest[],
): Promise<number> {
  const passed = finished.filter(({ outcome }) => outcome.verdict === 'passed');
  const taken: Snapshots = new Map(passed.flatMap(({ outcome }) => [...outcome.snapshots]));
  const tests = passed.map(({ test }) => test.name);
  const names = all.map(({ test }) => test.name);
  const merged = mergeSnapshots(snapshots, taken, { all: names, tests, keys: new Set(taken.keys()) });
  const text = writeSnapshots(merged);
  if (text === writeSnapshots(snapshots)) return 0;
  const file = snapshotPath(path);
  await (merged.size === 0 ? rm(file, { force: true }) : writeText(file, text));
  const keys = new Set([...merged.keys(), ...snapshots.keys()]);
  return [...keys].filter((key) => JSON.stringify(merged.get(key)) !== JSON.stringify(snapshots.get(key))).length;
}

/**
 * Reads a file that a test attaches: relative to the test file, within its folder or the working folder. Throws
 * `ScriptError` kind `file`.
 */
export async function readAttachment(path: string, testFile: string, cwd: string): Promise<AttachmentFile> {
  const full = resolve(dirname(testFile), path);
  const folders = [cwd, dirname(testFile)];
  const outside = `The file "${path}" is outside of the folder of the test and the working folder.`;
  if (isAbsolute(path) || !folders.some((folder) => isInside(folder, full))) throw new ScriptError('file', outside);
  try {
    // A link in the folder can refer to any file.
    const [real, ...realFolders] = await Promise.all([full, ...folders].map((one) => realpath(one)));
    if (real === undefined || !realFolders.some((folder) => isInside(folder, real)))
      throw new ScriptError('file', outside);
    if (!(await stat(real)).isFile()) throw new ScriptError('file', `"${path}" is not a file.`);
    const bytes = await readFileBytes(real, maxAttachmentBytes);
    return {
      name: basename(full),
      mimeType: mimeTypeOf(full),
      bytes,
    };
  } catch (error) {
    if (error instanceof ScriptError) throw error;
    if (isMissing(error))
      throw new ScriptError('file', `The file "${path}" does not exist. Its path is relative to the test file.`);
    throw new ScriptError(
      'file',
      `The file "${path}" could not be read: ${error instanceof Error ? error.message : ''}`,
    );
  }
}
