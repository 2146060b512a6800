import { isJsonObject, type Json, type JsonObject } from '../../base/common/json.ts';
import { literalText } from './placeholders.ts';
import { mapTexts, valueAt, type JsonPath } from '../../chatkit/common/sessions/jsonPath.ts';
import { statusOf, type SessionRecord } from './record.ts';

interface Row {
  readonly label: string;
  readonly path: JsonPath;
  readonly unit?: string;
  /** What `null` means in the answer (chatkit-api 2.2). */
  readonly none?: string;
}

const rows: readonly Row[] = [
  { label: 'Version', path: ['workflow', 'version'], none: 'latest deployed' },
  { label: 'Tracing', path: ['workflow', 'tracing', 'enabled'] },
  { label: 'Requests per minute', path: ['rate_limits', 'max_requests_per_1_minute'] },
  { label: 'Automatic titles', path: ['chatkit_configuration', 'automatic_thread_titling', 'enabled'] },
  { label: 'Uploads', path: ['chatkit_configuration', 'file_upload', 'enabled'] },
  { label: 'Largest file', path: ['chatkit_configuration', 'file_upload', 'max_file_size'], unit: 'MB' },
  { label: 'Number of files', path: ['chatkit_configuration', 'file_upload', 'max_files'] },
  { label: 'History', path: ['chatkit_configuration', 'history', 'enabled'] },
  { label: 'Recent threads', path: ['chatkit_configuration', 'history', 'recent_threads'], none: 'all' },
];

/**
 * Everything that is known of a session, as Markdown: what was asked for beside what the server made of it, so that its
 * defaults show (chatkit-api 2.1, 2.2). `time` writes ms since the epoch for people.
 */
export function sessionDetail(record: SessionRecord, now: number, time: (ms: number) => string): string {
  const { session, template, connectionName, createdAt } = record;
  const asked = mapTexts(template, literalText) as JsonObject;
  return [
    `# Session ${session.id}`,
    '',
    `- Status: ${statusText(record, now, time)}`,
    `- User: ${identity(asked, session.user, ['user'])}`,
    `- Workflow: ${identity(asked, session.workflowId, ['workflow', 'id'])}`,
    `- Connection: ${oneLine(connectionName)}`,
    `- Created: ${time(createdAt)}`,
    `- Expires: ${time(session.expiresAt)}`,
    '',
    '## Settings',
    '',
    ...table([
      ['Setting', 'Asked for', 'In force'],
      ...rows.map((row) => [row.label, askedText(valueAt(asked, row.path), row), inForce(row, asked, session.raw)]),
      ['Lifetime', askedText(valueAt(asked, ['expires_after', 'seconds']), { unit: 's' }), lifetime(record)],
      ...variableRows(asked, session.raw),
    ]),
    '',
    'What was not asked for was not sent; the server’s default is in force.',
    '',
    '## Request',
    '',
    ...jsonBlock(asked),
    '',
    '## Answer',
    '',
    'The client secret is left out.',
    '',
    ...jsonBlock(session.raw),
    '',
  ].join('\n');
}

function statusText(record: SessionRecord, now: number, time: (ms: number) => string): string {
  const status = statusOf(record, now);
  switch (status) {
    case 'gone':
      return `gone: the server knew no such session any more (${time(record.goneAt ?? now)})`;
    case 'other':
      return oneLine(record.session.status);
    default:
      return status;
  }
}

const notAsked = '–';

function askedText(value: unknown, { unit }: Pick<Row, 'unit'>): string {
  return value === undefined ? notAsked : cell(value as Json, unit);
}

function inForce({ path, unit, none }: Row, asked: Json, answer: Json): string {
  const value = valueAt(answer, path);
  if (value === undefined) return 'not told';
  const text = value === null && none !== undefined ? none : cell(value as Json, unit);
  return valueAt(asked, path) === undefined ? `${text} (default)` : text;
}

/** What the session is of; beside it what was asked for, where a placeholder stood for it. */
function identity(asked: Json, value: string, path: JsonPath): string {
  const wanted = valueAt(asked, path);
  return wanted === value ? oneLine(value) : `${oneLine(value)} (asked for: ${oneLine(String(wanted))})`;
}

/** The API tells when a session ends, not when it began: our clock says that, when the answer came. */
function lifetime({ template, session, createdAt }: SessionRecord): string {
  const isDefault = valueAt(template, ['expires_after']) === undefined;
  return `about ${Math.ceil((session.expiresAt - createdAt) / 1000)} s${isDefault ? ' (default)' : ''}`;
}

function variableRows(asked: Json, answer: Json): readonly string[][] {
  const path = ['workflow', 'state_variables'];
  const inAnswer = valueAt(answer, path);
  const names = [
    ...new Set([valueAt(asked, path), inAnswer].flatMap((map) => (isJsonObject(map) ? Object.keys(map) : []))),
  ];
  if (names.length === 0) return [['State variables', notAsked, 'none']];
  return names.map((name) => {
    const [before, after] = [asked, answer].map((root) => valueAt(root, [...path, name]));
    return [
      `State variable ${oneLine(name)}`,
      before === undefined ? notAsked : short(JSON.stringify(before)),
      after === undefined ? 'not told' : short(JSON.stringify(after)),
    ];
  });
}

const longestCell = 60;

function cell(value: Json, unit?: string): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = short(typeof value === 'string' ? value : JSON.stringify(value));
  return unit === undefined ? text : `${text} ${unit}`;
}

function short(text: string): string {
  const line = oneLine(text);
  return line.length > longestCell ? `${line.slice(0, longestCell)}… (${text.length} characters)` : line;
}

/** Nothing in it can end a cell or a line. */
function oneLine(text: string): string {
  return text.replace(/[\\`*<[\]|]/g, '\\$&').replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** A Markdown table whose columns line up as plain text too. */
function table(lines: readonly (readonly string[])[]): readonly string[] {
  // A long value pushes its own row apart, not the whole table.
  const widths = [0, 1, 2].map((column) =>
    Math.min(30, Math.max(3, ...lines.map((line) => line[column]?.length ?? 0))),
  );
  const row = (cells: readonly string[]) => `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...rest] = lines;
  return [row(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(row)];
}

/** Fenced by more backticks than stand anywhere inside. */
function jsonBlock(value: Json): readonly string[] {
  const text = JSON.stringify(value, null, 2);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}json`, text, fence];
}
