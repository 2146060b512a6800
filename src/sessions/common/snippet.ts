import { defaultOpenAiUrl } from '../../chatkit/common/connection.ts';
import { jsonLiteral, shellLiteral, typescriptKey, typescriptLiteral } from '../../base/common/codeLiterals.ts';
import { type Json, type JsonObject, type JsonPath, isJsonObject, mapTexts } from '../../base/common/json.ts';
import {
  type Placeholder,
  type Segment,
  literalText,
  placeholderText,
  segmentsOf,
} from '../../base/common/placeholders.ts';
import { type Template, placeholderUses, requiredType } from './template.ts';

const typescriptSyntax: Syntax = {
  step: '  ',
  literal: typescriptLiteral,
  boolean: String,
  key: typescriptKey,
  env: (name) => `env(${typescriptLiteral(name)})`,
  number: (expression) => `Number(${expression})`,
  isTrue: (expression) => `${expression} === 'true'`,
};

const head = [
  '/** Returns the client secret for the browser. The API key never leaves the server. */',
  'export async function createChatKitSession(): Promise<string> {',
];

/** Returns TypeScript code that uses the `openai` package. */
function typescriptSnippet(template: Template, { baseUrl, organization, project }: SnippetTarget): string {
  const options = [
    ...(baseUrl === defaultOpenAiUrl ? [] : [`baseURL: ${typescriptLiteral(baseUrl)}`]),
    ...(organization === undefined ? [] : [`organization: ${typescriptLiteral(organization)}`]),
    ...(project === undefined ? [] : [`project: ${typescriptLiteral(project)}`]),
  ];
  return [
    ...placeholderComment('//', template, ['input']),
    `import OpenAI from 'openai';`,
    '',
    '// The key is read from OPENAI_API_KEY.',
    `const client = new OpenAI(${options.length === 0 ? '' : `{ ${options.join(', ')} }`});`,
    '',
    ...envFunction(template),
    ...head,
    `  const session = await client.beta.chatkit.sessions.create(${printValue(template, typescriptSyntax, '  ', template, [])});`,
    '  return session.client_secret;',
    '}',
    '',
  ].join('\n');
}

/** Returns TypeScript code that uses `fetch` and no package. */
function fetchSnippet(template: Template, target: SnippetTarget): string {
  return [
    ...placeholderComment('//', template, ['input']),
    ...envFunction(template),
    ...head,
    `  const response = await fetch(${typescriptLiteral(sessionsUrl(target))}, {`,
    `    method: 'POST',`,
    '    headers: {',
    '      Authorization: `Bearer ${process.env.OPENAI_API_KEY}`,',
    ...headersOf(target).map(([name, value]) => `      ${typescriptLiteral(name)}: ${typescriptLiteral(value)},`),
    '    },',
    `    body: JSON.stringify(${printValue(template, typescriptSyntax, '    ', template, [])}),`,
    '  });',
    '  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);',
    '  const session = (await response.json()) as { client_secret: string };',
    '  return session.client_secret;',
    '}',
    '',
  ].join('\n');
}

function envFunction(template: Template): readonly string[] {
  if (!readsEnv(template)) return [];
  return [
    'function env(name: string): string {',
    '  const value = process.env[name];',
    '  if (value === undefined) throw new Error(`${name} is not set`);',
    '  return value;',
    '}',
    '',
  ];
}

/** Returns one command for a POSIX shell. Keeps all placeholders, because a shell does not escape values in JSON. */
function curlSnippet(template: Template, target: SnippetTarget): string {
  const body = JSON.stringify(mapTexts(template, literalText), null, 2);
  const readable = body.replace(/"(?:[^"\\]|\\.)*"/g, (literal) => jsonLiteral(JSON.parse(literal) as string));
  const command = [
    `curl ${shellLiteral(sessionsUrl(target))}`,
    `-H "Authorization: Bearer $OPENAI_API_KEY"`,
    ...headersOf(target).map(([name, value]) => `-H ${shellLiteral(`${name}: ${value}`)}`),
    `-d ${shellLiteral(readable)}`,
  ].join(' \\\n  ');
  return `${[...placeholderComment('#', template, ['input', 'env']), command].join('\n')}\n`;
}

/** Syntax of a language for the parts of a body. */
export interface Syntax {
  /** One level of indentation. */
  readonly step: string;
  readonly literal: (text: string) => string;
  readonly boolean: (value: boolean) => string;
  readonly key: (name: string) => string;
  /** Returns an expression that reads an environment variable and throws when it is not set. */
  readonly env: (name: string) => string;
  readonly number: (expression: string) => string;
  readonly isTrue: (expression: string) => string;
}

/** Returns a value of the template as a multi-line expression. `indent` is the indentation of its first line. */
function printValue(template: Template, syntax: Syntax, indent: string, value: Json, path: JsonPath): string {
  if (typeof value === 'string') return printText(template, syntax, value, path);
  if (typeof value === 'boolean') return syntax.boolean(value);
  if (!isJsonObject(value)) return JSON.stringify(value);
  const step = indent + syntax.step;
  const lines = Object.entries(value as JsonObject).map(
    ([name, inner]) => `${step}${syntax.key(name)}: ${printValue(template, syntax, step, inner, [...path, name])},`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function printText(template: Template, syntax: Syntax, text: string, path: JsonPath): string {
  const segments = segmentsOf(text);
  if (!segments.some(isEnv)) return syntax.literal(literalText(text));
  const expression = segments
    .map((segment) =>
      isEnv(segment)
        ? syntax.env(segment.name)
        : syntax.literal(segment.kind === 'text' ? segment.text : placeholderText(segment)),
    )
    .join(' + ');
  switch (requiredType(template, path)) {
    case 'text':
      return expression;
    case 'number':
      return syntax.number(expression);
    case 'boolean':
      return syntax.isTrue(expression);
  }
}

function readsEnv(template: Template): boolean {
  return placeholderUses(template).some(({ placeholder }) => isEnv(placeholder));
}

/** Returns a comment line that lists the placeholders to fill in, or no line. */
function placeholderComment(
  comment: string,
  template: Template,
  kinds: readonly Placeholder['kind'][],
): readonly string[] {
  const open = placeholderUses(template)
    .map(({ placeholder }) => placeholder)
    .filter(({ kind }) => kinds.includes(kind));
  return open.length === 0 ? [] : [`${comment} Fill in: ${open.map(placeholderText).join(', ')}`];
}

function isEnv(segment: Segment): segment is Placeholder {
  return segment.kind === 'env';
}

/** The API that the code of a snippet sends its request to. */
interface SnippetTarget {
  /** Base URL without a trailing slash. */
  readonly baseUrl: string;
  readonly organization?: string;
  readonly project?: string;
}

function sessionsUrl({ baseUrl }: SnippetTarget): string {
  return `${baseUrl}/chatkit/sessions`;
}

/** Returns the headers of create-session without the key (chatkit-api 1.2). */
function headersOf({ organization, project }: SnippetTarget): readonly (readonly [string, string])[] {
  return [
    ['Content-Type', 'application/json'],
    ['OpenAI-Beta', 'chatkit_beta=v1'],
    ...(organization === undefined ? [] : [['OpenAI-Organization', organization] as const]),
    ...(project === undefined ? [] : [['OpenAI-Project', project] as const]),
  ];
}

const pythonSyntax: Syntax = {
  step: '    ',
  literal: jsonLiteral,
  boolean: (value) => (value ? 'True' : 'False'),
  key: jsonLiteral,
  env: (name) => `os.environ[${jsonLiteral(name)}]`,
  number: (expression) => `int(${expression})`,
  isTrue: (expression) => `${expression} == "true"`,
};

/** Returns Python code that uses the `openai` package. */
function pythonSnippet(template: Template, { baseUrl, organization, project }: SnippetTarget): string {
  const options = [
    ...(baseUrl === defaultOpenAiUrl ? [] : [`base_url=${jsonLiteral(baseUrl)}`]),
    ...(organization === undefined ? [] : [`organization=${jsonLiteral(organization)}`]),
    ...(project === undefined ? [] : [`project=${jsonLiteral(project)}`]),
  ];
  const indent = ' '.repeat(8);
  return [
    ...placeholderComment('#', template, ['input']),
    ...(readsEnv(template) ? ['import os', ''] : []),
    'from openai import OpenAI',
    '',
    '# The key is read from OPENAI_API_KEY.',
    `client = OpenAI(${options.join(', ')})`,
    '',
    '',
    'def create_chatkit_session() -> str:',
    '    """Return the client secret for the browser. The API key never leaves the server."""',
    '    session = client.beta.chatkit.sessions.create(',
    ...Object.entries(template).map(
      ([name, value]) => `${indent}${name}=${printValue(template, pythonSyntax, indent, value, [name])},`,
    ),
    '    )',
    '    return session.client_secret',
    '',
  ].join('\n');
}

/** The choices of *Copy Client Code*, in this order. */
export const snippetLanguages = ['typescript', 'fetch', 'python', 'curl'] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

const snippets: { readonly [L in SnippetLanguage]: (template: Template, target: SnippetTarget) => string } = {
  typescript: typescriptSnippet,
  fetch: fetchSnippet,
  python: pythonSnippet,
  curl: curlSnippet,
};

/**
 * Returns server code that creates the same session (chatkit-api 2.1). The code reads the key from `OPENAI_API_KEY` and
 * `${env:NAME}` from the environment. A comment at the top lists the placeholders to fill in.
 */
export function snippet(language: SnippetLanguage, template: Template, target: SnippetTarget): string {
  return snippets[language](template, target);
}
