import { type Node, findNodeAtLocation, printParseErrorCode, stripComments } from 'jsonc-parser';
import {
  type Json,
  type JsonObject,
  type JsonPath,
  isJsonObject,
  mapTexts,
  pathText,
  valueAt,
} from '../../base/common/json.ts';
import { isLatest } from '../../chatkit/common/sessionSource.ts';
import { malformedPlaceholders, segmentsOf } from '../../base/common/placeholders.ts';
import { maxJsonDepth } from '../../base/common/parseJson.ts';
import { parseJsonc } from '../../base/common/parseJsonc.ts';
import { fileNamePart, withoutReserved } from '../../base/common/fileName.ts';
import { type Template, checkTemplate } from './template.ts';

/** Maximum number of reported problems: finding the range of each takes time. */
const maxProblems = 200;

/** Fields of a file that are not part of the request. */
const ownFields = ['connection', '$schema'] as const;

/** A range of a file, in UTF-16 code units. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}

export interface FileProblem extends TextRange {
  /** An error prevents the creation of a session. */
  readonly severity: 'error' | 'warning';
  /** A full sentence that names the field. */
  readonly message: string;
  /** True when the contributed JSON schema already reports the problem at the same range. */
  readonly inSchema: boolean;
}

/** Parsed content of a `*.chatkit-session.json` file, with unresolved placeholders and connection. */
export interface SessionFile {
  /** The request with its placeholders, in the order of the file. Empty when the file is not an object. */
  readonly template: Template;
  /** ID or name of a connection, which can contain placeholders; null when the file has no connection. */
  readonly connection: string | null;
  readonly problems: readonly FileProblem[];
  /** Returns the range of the value at a path; for a missing value, the range of its object. */
  readonly rangeOf: (path: JsonPath) => TextRange;
}

/** Parses a session file: JSON with comments and trailing commas. Never throws. */
export function readSessionFile(text: string): SessionFile {
  const parsed = parseJsonc(text);
  const { root, value, errors } = parsed ?? { root: undefined, value: undefined, errors: [] };
  const syntax = errors.slice(0, maxProblems).map(({ error, offset, length }): FileProblem => {
    const message = `${printParseErrorCode(error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ')}: not valid JSON.`;
    return { offset, length: Math.max(1, length), severity: 'error', message, inSchema: true };
  });
  if (root === undefined || !isJsonObject(value)) {
    return {
      template: {},
      connection: null,
      problems: parsed === null ? [tooDeepProblem] : notAnObject(text, syntax),
      rangeOf: () => ({ offset: 0, length: 1 }),
    };
  }

  // A copy, because objects of the parser have no prototype.
  const whole = mapTexts(value as JsonObject, (inner) => inner) as JsonObject;
  const template = Object.fromEntries(Object.entries(whole).filter(([key]) => !isOwnField(key)));
  const problems = [...connectionProblems(whole), ...bodyProblems(template), ...textProblems(whole)];
  return {
    template,
    connection: typeof whole['connection'] === 'string' ? whole['connection'] : null,
    problems: [
      ...syntax,
      ...problems
        .slice(0, maxProblems)
        .map(({ path, atName, ...problem }) => ({ ...findRange(root, path, atName), ...problem })),
    ],
    rangeOf: (path) => findRange(root, path, false),
  };
}

/** Returns the text of a file for a request; `connection` is the first field if present. */
export function writeSessionFile(template: Template, connection: string | null): string {
  const head = connection === null ? {} : { connection };
  return `${JSON.stringify({ ...head, ...template }, null, 2)}\n`;
}

type ProblemAtPath = Omit<FileProblem, 'offset' | 'length'> & { readonly path: JsonPath; readonly atName: boolean };

function isOwnField(key: string): boolean {
  return (ownFields as readonly string[]).includes(key);
}

const tooDeepProblem: FileProblem = {
  offset: 0,
  length: 1,
  severity: 'error',
  message: `A session file can have at most ${maxJsonDepth} levels of objects and arrays.`,
  inSchema: false,
};

function notAnObject(text: string, syntax: readonly FileProblem[]): readonly FileProblem[] {
  if (syntax.length > 0 && stripComments(text).trim() !== '') return syntax;
  const message = 'A session file must contain one object: the body of the request.';
  return [{ offset: 0, length: Math.max(1, text.length), severity: 'error', message, inSchema: false }];
}

function connectionProblems(whole: JsonObject): readonly ProblemAtPath[] {
  if (!('connection' in whole) || typeof whole['connection'] === 'string') return [];
  return [problem(['connection'], 'error', 'must be text: the ID or name of a connection', true)];
}

function bodyProblems(template: Template): readonly ProblemAtPath[] {
  const bodyErrors = checkTemplate(template).map(({ path, code, message }): ProblemAtPath => ({
    // The contributed schema allows unknown properties, so that each is reported once, as an error.
    ...problem(path, 'error', message, code !== 'unknown'),
    atName: code === 'unknown',
  }));
  const latest = valueAt(template, ['workflow', 'version']);
  return [
    ...bodyErrors,
    ...(isLatest(latest) ? [problem(['workflow', 'version'], 'warning', latestMessage, false)] : []),
    ...(valueAt(template, ['workflow', 'id']) === ''
      ? [problem(['workflow', 'id'], 'warning', 'is empty; enter a workflow ID', false)]
      : []),
    ...variableNameProblems(template),
  ];
}

const latestMessage =
  'is not a valid version: the session is created, but the chat fails. Omit `version` to use the latest deployed version';

/** Warns about placeholders in variable names, which are sent unchanged. */
function variableNameProblems(template: Template): readonly ProblemAtPath[] {
  const variables = valueAt(template, ['workflow', 'state_variables']);
  if (!isJsonObject(variables)) return [];
  return Object.keys(variables)
    .filter((name) => segmentsOf(name).some(({ kind }) => kind !== 'text'))
    .map((name) => ({
      ...problem(
        ['workflow', 'state_variables', name],
        'warning',
        'has a placeholder in its name; placeholders in names are not replaced',
        false,
      ),
      atName: true,
    }));
}

function textProblems(whole: JsonObject): readonly ProblemAtPath[] {
  const found: ProblemAtPath[] = [];
  mapTexts(whole, (text: string, path: JsonPath): Json => {
    for (const malformed of malformedPlaceholders(text)) {
      found.push(
        malformed.kind === 'broken'
          ? problem(path, 'error', `has an invalid placeholder: ${malformed.text}`, false)
          : problem(
              path,
              'warning',
              `contains ${malformed.text}, which is sent unchanged. Valid placeholders: \${input:name} and \${env:NAME}`,
              false,
            ),
      );
    }
    return text;
  });
  return found;
}

function problem(path: JsonPath, severity: FileProblem['severity'], message: string, inSchema: boolean): ProblemAtPath {
  return { path, severity, inSchema, atName: false, message: `${pathText(path)} ${message}.` };
}

/** Returns the range of the value at a path, or of its name; for a missing field, the range of its object. */
function findRange(root: Node, path: JsonPath, atName: boolean): TextRange {
  const node = findNodeAtLocation(root, [...path]);
  if (node === undefined) return path.length === 0 ? root : findRange(root, path.slice(0, -1), false);
  const name = atName ? node.parent?.children?.[0] : undefined;
  const { offset, length } = name ?? node;
  return { offset, length };
}

export const sessionFileSuffix = '.chatkit-session.json';

/** Returns a name for a new session file that is valid on every file system. */
export function sessionFileName(user: string): string {
  const plain = fileNamePart(user, 120, '._-');
  return withoutReserved(`${plain === '' ? 'session' : plain}${sessionFileSuffix}`);
}
