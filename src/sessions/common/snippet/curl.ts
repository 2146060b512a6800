import { literalText } from '../../../base/common/placeholders.ts';
import { mapTexts } from '../../../base/common/jsonPath.ts';
import type { Template } from '../template.ts';
import { jsonLiteral, shellLiteral } from '../../../base/common/codeLiterals.ts';
import { placeholderComment } from './print.ts';
import { headersOf, sessionsUrl, type SnippetTarget } from './target.ts';

/** Returns one command for a POSIX shell. Keeps all placeholders, because a shell does not escape values in JSON. */
export function curlSnippet(template: Template, target: SnippetTarget): string {
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
