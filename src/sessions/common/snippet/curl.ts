import { literalText } from '../placeholders.ts';
import { mapTexts } from '../../../chatkit/common/sessions/jsonPath.ts';
import type { Template } from '../template.ts';
import { jsonLiteral, shellLiteral } from '../../../base/common/codeLiterals.ts';
import { toFillIn } from './print.ts';
import { headersOf, sessionsUrl, type SnippetTarget } from './target.ts';

/** One command for a POSIX shell. Placeholders stay: a shell does not escape what it puts into JSON. */
export function curlSnippet(template: Template, target: SnippetTarget): string {
  const body = JSON.stringify(mapTexts(template, literalText), null, 2);
  const legible = body.replace(/"(?:[^"\\]|\\.)*"/g, (literal) => jsonLiteral(JSON.parse(literal) as string));
  const command = [
    `curl ${shellLiteral(sessionsUrl(target))}`,
    `-H "Authorization: Bearer $OPENAI_API_KEY"`,
    ...headersOf(target).map(([name, value]) => `-H ${shellLiteral(`${name}: ${value}`)}`),
    `-d ${shellLiteral(legible)}`,
  ].join(' \\\n  ');
  return `${[...toFillIn('#', template, ['input', 'env']), command].join('\n')}\n`;
}
