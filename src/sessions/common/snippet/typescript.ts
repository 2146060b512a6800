import { defaultOpenAiUrl } from '../../../chatkit/common/connection.ts';
import type { Template } from '../template.ts';
import { typescriptKey, typescriptLiteral } from '../../../base/common/codeLiterals.ts';
import { printValue, readsEnv, placeholderComment, type Syntax } from './print.ts';
import { headersOf, sessionsUrl, type SnippetTarget } from './target.ts';

const syntax: Syntax = {
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
export function typescriptSnippet(template: Template, { baseUrl, organization, project }: SnippetTarget): string {
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
    `  const session = await client.beta.chatkit.sessions.create(${printValue(template, syntax, '  ', template, [])});`,
    '  return session.client_secret;',
    '}',
    '',
  ].join('\n');
}

/** Returns TypeScript code that uses `fetch` and no package. */
export function fetchSnippet(template: Template, target: SnippetTarget): string {
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
    `    body: JSON.stringify(${printValue(template, syntax, '    ', template, [])}),`,
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
