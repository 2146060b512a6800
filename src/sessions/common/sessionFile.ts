import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  stripComments,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { isJsonObject, type Json, type JsonObject } from '../../base/common/json.ts';
import { isShallow, maxJsonDepth } from '../../base/common/parseJson.ts';
import { odditiesOf, segmentsOf } from './placeholders.ts';
import { mapTexts, pathText, valueAt, type JsonPath } from '../../chatkit/common/sessions/jsonPath.ts';
import { checkTemplate, type Template } from './template.ts';
import { isLatest } from '../../chatkit/common/sessions/version.ts';

/** Problems of one kind that are listed: each is looked for in the text. */
const maxProblems = 200;

/** Fields of a file that are no part of the request. */
const ownFields = ['connection', '$schema'] as const;

/** A stretch of a file, in characters from its start. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

export interface FileProblem extends Place {
  /** With an error no session is created. */
  readonly severity: 'error' | 'warning';
  /** A whole sentence, naming the field. */
  readonly message: string;
  /** True where the contributed JSON schema marks the same place: showing it again would be noise. */
  readonly inSchema: boolean;
}

/** A `*.chatkit-session.json`, read. Nothing is asked for or looked up yet. */
export interface SessionFile {
  /** The request with its placeholders, in the order of the file; empty where the file is not an object. */
  readonly template: Template;
  /** Id or name of a connection, may hold placeholders; null where the file names none. */
  readonly connection: string | null;
  readonly problems: readonly FileProblem[];
  /** Where the value at a path stands; of a missing one, where its object does. */
  readonly placeOf: (path: JsonPath) => Place;
}

/** Reads the text of a session file: JSON with comments and trailing commas. Never throws. */
export function readSessionFile(text: string): SessionFile {
  const { root, value, errors } = parse(text);
  const syntax = errors.slice(0, maxProblems).map(({ error, offset, length }): FileProblem => {
    const message = `${printParseErrorCode(error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ')}: this is not JSON.`;
    return { offset, length: Math.max(1, length), severity: 'error', message, inSchema: true };
  });
  if (root === undefined || !isJsonObject(value)) {
    return {
      template: {},
      connection: null,
      problems: value === tooDeep ? [tooDeepProblem] : notAnObject(text, syntax),
      placeOf: () => ({ offset: 0, length: 1 }),
    };
  }

  // A copy, because what the parser makes has no prototype.
  const whole = mapTexts(value as JsonObject, (inner) => inner) as JsonObject;
  const template = Object.fromEntries(Object.entries(whole).filter(([key]) => !isOwnField(key)));
  const own = [...connectionProblems(whole), ...bodyProblems(template), ...textProblems(whole)];
  return {
    template,
    connection: typeof whole['connection'] === 'string' ? whole['connection'] : null,
    problems: [
      ...syntax,
      ...own
        .slice(0, maxProblems)
        .map(({ path, atName, ...problem }) => ({ ...rangeOf(root, path, atName), ...problem })),
    ],
    placeOf: (path) => rangeOf(root, path, false),
  };
}

interface Parsed {
  readonly root: Node | undefined;
  readonly value: unknown;
  readonly errors: readonly ParseError[];
}

/** The parser calls itself for each level: of a text with very many, nothing is read. */
function parse(text: string): Parsed {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    const value: unknown = root === undefined ? undefined : getNodeValue(root);
    if (value === undefined || isShallow(value as Json)) return { root, value, errors };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return { root: undefined, value: tooDeep, errors: [] };
}

/** Stands for the value of a file that is nested too deeply. */
const tooDeep = Symbol('too deep');

/** The text of a file for this request; `connection` is written first where there is one. */
export function writeSessionFile(template: Template, connection: string | null): string {
  const head = connection === null ? {} : { connection };
  return `${JSON.stringify({ ...head, ...template }, null, 2)}\n`;
}

type Found = Omit<FileProblem, 'offset' | 'length'> & { readonly path: JsonPath; readonly atName: boolean };

function isOwnField(key: string): boolean {
  return (ownFields as readonly string[]).includes(key);
}

const tooDeepProblem: FileProblem = {
  offset: 0,
  length: 1,
  severity: 'error',
  message: `A session file has at most ${maxJsonDepth} levels of objects and arrays.`,
  inSchema: false,
};

function notAnObject(text: string, syntax: readonly FileProblem[]): readonly FileProblem[] {
  if (syntax.length > 0 && stripComments(text).trim() !== '') return syntax;
  const message = 'A session file holds one object: the body of the request.';
  return [{ offset: 0, length: Math.max(1, text.length), severity: 'error', message, inSchema: false }];
}

function connectionProblems(whole: JsonObject): readonly Found[] {
  if (!('connection' in whole) || typeof whole['connection'] === 'string') return [];
  return [problem(['connection'], 'error', 'must be text: the id or the name of a connection', true)];
}

function bodyProblems(template: Template): readonly Found[] {
  const broken = checkTemplate(template).map(({ path, code, message }): Found => ({
    ...problem(path, 'error', message, true),
    atName: code === 'unknown',
  }));
  const latest = valueAt(template, ['workflow', 'version']);
  return [
    ...broken,
    ...(isLatest(latest) ? [problem(['workflow', 'version'], 'warning', latestMessage, false)] : []),
    ...(valueAt(template, ['workflow', 'id']) === ''
      ? [problem(['workflow', 'id'], 'warning', 'is empty, which names no workflow', false)]
      : []),
    ...variableNameProblems(template),
  ];
}

const latestMessage =
  'is not a version that ChatKit knows: the session is created, and the chat fails later. Leave `version` out to run the latest deployed one';

/** Names are sent as they stand; somebody who writes a placeholder there expects otherwise. */
function variableNameProblems(template: Template): readonly Found[] {
  const variables = valueAt(template, ['workflow', 'state_variables']);
  if (!isJsonObject(variables)) return [];
  return Object.keys(variables)
    .filter((name) => segmentsOf(name).some(({ kind }) => kind !== 'text'))
    .map((name) => ({
      ...problem(
        ['workflow', 'state_variables', name],
        'warning',
        'has a placeholder in its name, where none is replaced',
        false,
      ),
      atName: true,
    }));
}

function textProblems(whole: JsonObject): readonly Found[] {
  const found: Found[] = [];
  mapTexts(whole, (text: string, path: JsonPath): Json => {
    for (const oddity of odditiesOf(text)) {
      found.push(
        oddity.kind === 'broken'
          ? problem(path, 'error', `has a placeholder that cannot be read: ${oddity.text}`, false)
          : problem(
              path,
              'warning',
              `is sent with ${oddity.text} as it stands: placeholders are \${input:name} and \${env:NAME}`,
              false,
            ),
      );
    }
    return text;
  });
  return found;
}

function problem(path: JsonPath, severity: FileProblem['severity'], message: string, inSchema: boolean): Found {
  return { path, severity, inSchema, atName: false, message: `${pathText(path)} ${message}.` };
}

/** The value at a path, or its name; of a missing field the object that should have it. */
function rangeOf(root: Node, path: JsonPath, atName: boolean): Place {
  const node = findNodeAtLocation(root, [...path]);
  if (node === undefined) return path.length === 0 ? root : rangeOf(root, path.slice(0, -1), false);
  const name = atName ? node.parent?.children?.[0] : undefined;
  const { offset, length } = name ?? node;
  return { offset, length };
}
