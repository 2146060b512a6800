import * as l10n from '@vscode/l10n';
import { type Node, findNodeAtLocation, printParseErrorCode } from 'jsonc-parser';
import {
  type Json,
  type JsonObject,
  type JsonPath,
  isJsonObject,
  mapTexts,
  pathText,
} from '../../../base/common/json.ts';
import { maxJsonDepth } from '../../../base/common/parseJson.ts';
import { parseJsonc } from '../../../base/common/parseJsonc.ts';
import {
  type Placeholder,
  type PlaceholderUse,
  literalText,
  malformedPlaceholders,
  placeholderText,
  segmentsOf,
} from '../../../base/common/placeholders.ts';
import { patternFinds } from '../../../widgets/common/actions/pattern.ts';
import { problemsOfError } from './schema/schemaProblems.ts';
import { type TestCase, type TestFileData, testFile, toTestCases } from './schema/testFileSchema.ts';
import { unknownComponents } from './schema/unknownComponents.ts';

/** A stretch of a file, in characters from its start; `line` and `column` are counted from 1. */
export interface FilePlace {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

interface TestFileProblem extends FilePlace {
  /** With an error, no test of the file runs. */
  readonly severity: 'error' | 'warning';
  /** A whole sentence that names the property. */
  readonly message: string;
  /** True when the contributed JSON schema already reports the problem. */
  readonly inSchema: boolean;
}

/** A `*.chatkit-test.json`, read. No placeholder is replaced yet. */
export interface TestFile {
  /** Id or name of a connection; may hold placeholders. */
  readonly connection: string | null;
  readonly user: string | null;
  /** Names and places of the tests, also of a file with errors, as far as they can be read. */
  readonly outline: readonly { readonly name: string; readonly tags: readonly string[]; readonly place: FilePlace }[];
  readonly problems: readonly TestFileProblem[];
  /** What running it reads from the environment or asks for, each once. Empty: nothing. */
  readonly reads: readonly PlaceholderUse[];
  placeOf(path: JsonPath): FilePlace;
  /**
   * The tests with every placeholder replaced. `valueOf` is asked only for those in `reads`: the caller has
   * checked that the workspace is trusted and the user agrees. Throws `RangeError` for a value that is missing, and where
   * the file has errors.
   */
  resolve(valueOf: (placeholder: Placeholder) => string | undefined): ResolvedTestFile;
}

export interface ResolvedTestFile {
  readonly connection: string | null;
  readonly user: string | null;
  readonly tests: readonly TestCase[];
}

/** Reads the text of a test file: JSON with comments and trailing commas. Never throws. */
export function readTestFile(text: string): TestFile {
  const parsed = parseJsonc(text.replace(/^\uFEFF/, ' '));
  const places = new Places(text, parsed?.root);
  // A copy, because what the parser makes has no prototype.
  const value = parsed?.value;
  const whole = isJsonObject(value) ? (mapTexts(value, (inner) => inner) as JsonObject) : null;
  const syntax = (parsed?.errors ?? []).map(({ error, offset, length }): TestFileProblem => {
    const what = printParseErrorCode(error)
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase();
    return {
      ...places.at(offset, Math.max(1, length)),
      severity: 'error',
      inSchema: true,
      message: l10n.t('This is not JSON: {0}.', what),
    };
  });
  const content = (): readonly TestFileProblem[] => {
    if (parsed === null)
      return wholeProblem(
        places,
        l10n.t('A test file can have at most {0} levels of objects and arrays.', maxJsonDepth),
      );
    return whole === null
      ? wholeProblem(places, l10n.t('A test file holds one object with "tests".'))
      : contentProblems(whole, places);
  };
  const problems = syntax.length > 0 ? syntax : content();
  return {
    connection: textOf(whole?.['connection']),
    user: textOf(whole?.['user']),
    outline: outlineOf(whole, places),
    problems,
    reads: whole === null ? [] : readsOf(whole),
    placeOf: (path) => places.of(path, false),
    resolve: (valueOf) => {
      const error = problems.find(({ severity }) => severity === 'error');
      if (whole === null || error !== undefined) throw new RangeError(error?.message ?? l10n.t('The file has errors.'));
      return resolved(whole, valueOf);
    },
  };
}

function resolved(whole: JsonObject, valueOf: (placeholder: Placeholder) => string | undefined): ResolvedTestFile {
  const filled = mapTexts(whole, (text, path) =>
    isLabel(path)
      ? literalText(text)
      : segmentsOf(text)
          .map((segment) => {
            if (segment.kind === 'text') return segment.text;
            const value = valueOf(segment);
            if (value === undefined)
              throw new RangeError(l10n.t('There is no value for {0}.', placeholderText(segment)));
            return value;
          })
          .join(''),
  );
  const checked = testFile.safeParse(filled);
  if (!checked.success) {
    const [problem] = problemsOfError(checked.error, filled);
    const [place, words] = [pathText(problem?.path ?? []), problem?.message ?? l10n.t('is wrong')];
    throw new RangeError(l10n.t('With its values filled in, {0} {1}.', place, words));
  }
  const { connection = null, user = null } = checked.data;
  return { connection, user, tests: toTestCases(checked.data) };
}

/**
 * Whether a text only names something: a test, its tags, why it is skipped, a snapshot. Placeholders stay as they are written
 * there, because names are saved and reported, and may contain no secrets.
 */
function isLabel(path: JsonPath): boolean {
  const [first, , field] = path;
  if (first === 'tags') return true;
  if (first !== 'tests' || typeof field !== 'string') return false;
  const expectation = path.slice(field === 'expect' ? 3 : 5);
  const isExpectation = field === 'expect' || path[4] === 'expect';
  // Of a step or the thread, or of an item in one of its lists; not a field of that name in a value.
  if (isExpectation && expectation.at(-1) === 'snapshot') return expectation.length === 1 || expectation.length === 3;
  return field === 'name' || field === 'tags' || field === 'skip';
}

function wholeProblem(places: Places, message: string): readonly TestFileProblem[] {
  return [{ ...places.at(0, 1), severity: 'error', inSchema: false, message }];
}

function contentProblems(whole: JsonObject, places: Places): readonly TestFileProblem[] {
  const checked = testFile.safeParse(whole);
  const wrong = checked.success ? [] : problemsOfError(checked.error, whole);
  const found = wrong.map(({ path, message, atName }): TestFileProblem => ({
    ...places.of(path, atName),
    severity: 'error',
    inSchema: true,
    message: `${pathText(path)} ${message}${message.endsWith('?') ? '' : '.'}`,
  }));
  return [
    ...found,
    ...textProblems(whole, places),
    ...(checked.success ? [...countProblems(checked.data, places), ...typeProblems(checked.data, places)] : []),
  ];
}

/** Placeholders that are none, and regular expressions that cannot be read. */
function textProblems(whole: JsonObject, places: Places): readonly TestFileProblem[] {
  const found: TestFileProblem[] = [];
  const report = (path: JsonPath, severity: TestFileProblem['severity'], message: string): void => {
    found.push({ ...places.of(path, false), severity, inSchema: false, message: `${pathText(path)} ${message}.` });
  };
  mapTexts(whole, (text, path) => {
    for (const { kind, text: oddity } of malformedPlaceholders(text)) {
      if (kind === 'broken') report(path, 'error', l10n.t('has a placeholder that cannot be read: {0}', oddity));
      else if (path.at(-1) !== 'matches') {
        const known = ['${input:name}', '${env:NAME}'];
        report(path, 'warning', l10n.t('is used with {0} as it is: placeholders are {1} and {2}', oddity, ...known));
      }
    }
    const isPlain = segmentsOf(text).every(({ kind }) => kind === 'text');
    if (path.at(-1) === 'matches' && isPlain && patternFinds(text, '') === undefined) {
      const message = l10n.t('is not a regular expression that can be used (RE2 syntax, without look-around)');
      report(path, 'error', message);
    }
    return text;
  });
  return found;
}

function countProblems({ tests, ...file }: TestFileData, places: Places): readonly TestFileProblem[] {
  const names = new Map<string, number>();
  const tooMany = (path: JsonPath, runs: number): TestFileProblem => {
    const message = l10n.t('{0} must be at most runs ({1}).', pathText(path), runs);
    return { ...places.of(path, false), severity: 'error', inSchema: false, message };
  };
  const ofTests = tests.flatMap(({ name, runs = file.runs ?? 1, atLeast = 0 }, index): TestFileProblem[] => {
    const isAnother = names.has(name);
    names.set(name, index);
    const twice = l10n.t(
      '{0} is the name of another test too: snapshots and reports cannot distinguish them.',
      `tests[${index}].name`,
    );
    const place = places.of(['tests', index, 'name'], false);
    return [
      ...(isAnother ? [{ ...place, severity: 'warning', inSchema: false, message: twice } as const] : []),
      ...(atLeast > runs ? [tooMany(['tests', index, 'atLeast'], runs)] : []),
    ];
  });
  // A test with runs of its own is limited to them.
  const isInherited = tests.some(({ runs, atLeast }) => runs === undefined && atLeast === undefined);
  const { runs = 1, atLeast = 0 } = file;
  return [...(isInherited && atLeast > runs ? [tooMany(['atLeast'], runs)] : []), ...ofTests];
}

/** Components that do not exist. Without a remark, an expectation that there are none of them would always hold. */
function typeProblems(file: TestFileData, places: Places): readonly TestFileProblem[] {
  return unknownComponents(file).map(({ path, name, near, atName }): TestFileProblem => {
    const what = l10n.t('{0} is "{1}", which is not a component of ChatKit', pathText(path), name);
    const message = near === null ? `${what}.` : l10n.t('{0}; did you mean {1}?', what, near);
    return { ...places.of(path, atName), severity: 'warning', inSchema: false, message };
  });
}

function outlineOf(whole: JsonObject | null, places: Places): TestFile['outline'] {
  const tests: Json = whole?.['tests'] ?? null;
  if (!Array.isArray(tests)) return [];
  return (tests as readonly Json[]).flatMap((test, index) => {
    if (!isJsonObject(test) || typeof test['name'] !== 'string') return [];
    const tags: Json = test['tags'] ?? [];
    const words = Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : [];
    return [{ name: literalText(test['name']), tags: words, place: places.of(['tests', index, 'name'], false) }];
  });
}

function readsOf(whole: JsonObject): readonly PlaceholderUse[] {
  const reads = new Map<string, { placeholder: Placeholder; paths: JsonPath[] }>();
  mapTexts(whole, (text, path) => {
    if (isLabel(path)) return text;
    for (const segment of segmentsOf(text)) {
      if (segment.kind === 'text') continue;
      const key = placeholderText(segment);
      const read = reads.get(key) ?? { placeholder: segment, paths: [] };
      if (read.paths.at(-1) !== path) read.paths.push(path);
      reads.set(key, read);
    }
    return text;
  });
  return [...reads.values()];
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Finds values of a file in its text. */
class Places {
  readonly #root: Node | undefined;
  readonly #lineStarts: readonly number[];

  constructor(text: string, root: Node | undefined) {
    this.#root = root;
    this.#lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** The value at a path, or its name; of a missing value the object that should have it. */
  of(path: JsonPath, atName: boolean): FilePlace {
    if (this.#root === undefined) return this.at(0, 1);
    const node = findNodeAtLocation(this.#root, [...path]);
    if (node === undefined) return path.length === 0 ? this.at(0, 1) : this.of(path.slice(0, -1), false);
    const name = atName ? node.parent?.children?.[0] : undefined;
    const { offset, length } = name ?? node;
    return this.at(offset, length);
  }

  at(offset: number, length: number): FilePlace {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { offset, length, line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}
