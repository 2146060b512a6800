import { defaultOpenAiUrl } from '../../../chatkit/common/connection.ts';
import type { Template } from '../template.ts';
import { jsonLiteral } from '../../../base/common/codeLiterals.ts';
import { printValue, readsEnv, placeholderComment, type Syntax } from './print.ts';
import type { SnippetTarget } from './target.ts';

const syntax: Syntax = {
  step: '    ',
  literal: jsonLiteral,
  boolean: (value) => (value ? 'True' : 'False'),
  key: jsonLiteral,
  env: (name) => `os.environ[${jsonLiteral(name)}]`,
  number: (expression) => `int(${expression})`,
  isTrue: (expression) => `${expression} == "true"`,
};

/** Returns Python code that uses the `openai` package. */
export function pythonSnippet(template: Template, { baseUrl, organization, project }: SnippetTarget): string {
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
      ([name, value]) => `${indent}${name}=${printValue(template, syntax, indent, value, [name])},`,
    ),
    '    )',
    '    return session.client_secret',
    '',
  ].join('\n');
}
