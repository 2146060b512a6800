import { codeBlock } from '../../base/common/markdownText.ts';
import { type Json, type JsonObject, type JsonPath, isJsonObject, mapTexts, valueAt } from '../../base/common/json.ts';
import { literalText } from '../../base/common/placeholders.ts';
import { type SessionRecord, statusOf } from './record.ts';

interface SettingRow {
  readonly label: string;
  readonly path: JsonPath;
  readonly unit?: string;
  /** Meaning of `null` in the response (chatkit-api 2.2). */
  readonly nullText?: string;
}

const rows: readonly SettingRow[] = [
  { label: 'Version', path: ['workflow', 'version'], nullText: 'latest deployed' },
  { label: 'Tracing', path: ['workflow', 'tracing', 'enabled'] },
  { label: 'Requests per minute', path: ['rate_limits', 'max_requests_per_1_minute'] },
  { label: 'Automatic titles', path: ['chatkit_configuration', 'automatic_thread_titling', 'enabled'] },
  { label: 'Uploads', path: ['chatkit_configuration', 'file_upload', 'enabled'] },
  { label: 'Largest file', path: ['chatkit_configuration', 'file_upload', 'max_file_size'], unit: 'MB' },
  { label: 'Number of files', path: ['chatkit_configuration', 'file_upload', 'max_files'] },
  { label: 'History', path: ['chatkit_configuration', 'history', 'enabled'] },
  { label: 'Recent threads', path: ['chatkit_configuration', 'history', 'recent_threads'], nullText: 'all' },
];

/**
 * Returns the details of a session as Markdown: requested settings beside the effective ones, so that server defaults
 * are visible (chatkit-api 2.1, 2.2). `time` formats ms since the epoch.
 */
export function sessionDetail(record: SessionRecord, now: number, time: (ms: number) => string): string {
  const { session, template, connectionName, createdAt } = record;
  const requested = mapTexts(template, literalText) as JsonObject;
  return [
    `# Session ${session.id}`,
    '',
    `- Status: ${statusText(record, now, time)}`,
    `- User: ${identity(requested, session.user, ['user'])}`,
    `- Workflow: ${identity(requested, session.workflowId, ['workflow', 'id'])}`,
    `- Connection: ${escapedCell(connectionName)}`,
    `- Created: ${time(createdAt)}`,
    `- Expires: ${time(session.expiresAt)}`,
    '',
    '## Settings',
    '',
    ...table([
      ['Setting', 'Requested', 'Effective'],
      ...rows.map((row) => [
        row.label,
        requestedText(valueAt(requested, row.path), row),
        effectiveText(row, requested, session.raw),
      ]),
      ['Lifetime', requestedText(valueAt(requested, ['expires_after', 'seconds']), { unit: 's' }), lifetime(record)],
      ...variableRows(requested, session.raw),
    ]),
    '',
    'Settings that were not requested were not sent and use the server default.',
    '',
    '## Request',
    '',
    ...jsonBlock(requested),
    '',
    '## Response',
    '',
    'Without the client secret.',
    '',
    ...jsonBlock(session.raw),
    '',
  ].join('\n');
}

function statusText(record: SessionRecord, now: number, time: (ms: number) => string): string {
  const status = statusOf(record, now);
  switch (status) {
    case 'gone':
      return `gone: the server did not find this session (${time(record.goneAt ?? now)})`;
    case 'other':
      return escapedCell(record.session.status);
    default:
      return status;
  }
}

const notRequested = '–';

function requestedText(value: unknown, { unit }: Pick<SettingRow, 'unit'>): string {
  return value === undefined ? notRequested : cell(value as Json, unit);
}

function effectiveText({ path, unit, nullText: none }: SettingRow, requested: Json, response: Json): string {
  const value = valueAt(response, path);
  if (value === undefined) return 'not reported';
  const text = value === null && none !== undefined ? none : cell(value as Json, unit);
  return valueAt(requested, path) === undefined ? `${text} (default)` : text;
}

/** Returns the effective value, followed by the requested value where that was a placeholder. */
function identity(requested: Json, value: string, path: JsonPath): string {
  const requestedValue = valueAt(requested, path);
  return requestedValue === value
    ? escapedCell(value)
    : `${escapedCell(value)} (requested: ${escapedCell(String(requestedValue))})`;
}

/**
 * Approximate: the API reports when a session expires, not when it was created. The local clock at the response is
 * used.
 */
function lifetime({ template, session, createdAt }: SessionRecord): string {
  const isDefault = valueAt(template, ['expires_after']) === undefined;
  return `about ${Math.ceil((session.expiresAt - createdAt) / 1000)} s${isDefault ? ' (default)' : ''}`;
}

function variableRows(requested: Json, response: Json): readonly string[][] {
  const path = ['workflow', 'state_variables'];
  const inResponse = valueAt(response, path);
  const names = [
    ...new Set([valueAt(requested, path), inResponse].flatMap((map) => (isJsonObject(map) ? Object.keys(map) : []))),
  ];
  if (names.length === 0) return [['State variables', notRequested, 'none']];
  return names.map((name) => {
    const [before, after] = [requested, response].map((root) => valueAt(root, [...path, name]));
    return [
      `State variable ${escapedCell(name)}`,
      before === undefined ? notRequested : short(JSON.stringify(before)),
      after === undefined ? 'not reported' : short(JSON.stringify(after)),
    ];
  });
}

const maxCellLength = 60;

function cell(value: Json, unit?: string): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = short(typeof value === 'string' ? value : JSON.stringify(value));
  return unit === undefined ? text : `${text} ${unit}`;
}

function short(text: string): string {
  const line = escapedCell(text);
  return line.length > maxCellLength ? `${line.slice(0, maxCellLength)}… (${text.length} characters)` : line;
}

/** Escapes text so that it cannot end a table cell or a line. */
function escapedCell(text: string): string {
  return text.replace(/[\\`*<[\]|]/g, '\\$&').replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** Returns a Markdown table that is also aligned as plain text. */
function table(lines: readonly (readonly string[])[]): readonly string[] {
  // A long value widens only its own row.
  const widths = [0, 1, 2].map((column) =>
    Math.min(30, Math.max(3, ...lines.map((line) => line[column]?.length ?? 0))),
  );
  const row = (cells: readonly string[]) => `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...rest] = lines;
  return [row(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(row)];
}

function jsonBlock(value: Json): readonly string[] {
  return codeBlock(JSON.stringify(value, null, 2), 'json').split('\n');
}
