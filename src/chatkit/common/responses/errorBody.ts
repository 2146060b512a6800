import { parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { looksLikeHtml } from '../wire/excerpt.ts';
import { ruleIds, type RuleId } from '../protocolProblems/catalogue/ruleIds.ts';
import { isRecord } from '../isRecord.ts';
import { readErrorValue, type ErrorValue } from './errorValue.ts';

export interface ErrorBody extends ErrorValue {
  readonly form: 'json' | 'html' | 'xml' | 'text' | 'empty';
  readonly deviations: readonly RuleId[];
}

/**
 * The server's message in the body of an error response (chatkit-api 4A.1, 5.1): JSON of any shape, the title of a web
 * page, the message of an XML error of a storage, or the text itself. Secrets are not removed: redact before it is shown.
 */
export function readErrorBody(body: string): ErrorBody {
  const head = body.slice(0, 20_000);
  if (head.trim() === '') return { form: 'empty', message: null, code: null, deviations: [] };
  const json = parsedOrUndefined(body.replace(/^\uFEFF/, ''));
  if (json !== undefined) {
    const value = readErrorValue(json);
    const detail = isRecord(json) ? json['detail'] : null;
    const deviations = typeof detail === 'object' && detail !== null ? [ruleIds.detailObject] : [];
    return { form: 'json', message: value?.message ?? null, code: value?.code ?? null, deviations };
  }
  if (looksLikeHtml(head)) {
    const message = elementText(head, 'title') ?? elementText(head, 'h1');
    return { form: 'html', message, code: null, deviations: [ruleIds.htmlError] };
  }
  if (/^\uFEFF?\s*<(?:\?xml|[a-z])/i.test(head)) {
    const message = elementText(head, 'message');
    return { form: 'xml', message, code: elementText(head, 'code'), deviations: [] };
  }
  return { form: 'text', message: readErrorValue(head)?.message ?? null, code: null, deviations: [] };
}

/** The text of the first element with a name, without tags; null where there is none. */
function elementText(markup: string, name: string): string | null {
  const opening = new RegExp(`<${name}(?:\\s[^>]*)?>`, 'i').exec(markup);
  if (opening === null) return null;
  const start = opening.index + opening[0].length;
  const end = markup.toLowerCase().indexOf(`</${name}`, start);
  const inner = markup.slice(start, end < 0 ? start + 500 : end).replace(/<[^>]*>/g, ' ');
  return readErrorValue(decodeEntities(inner))?.message ?? null;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(/&(#\d{1,6}|[a-z]{2,4});/gi, (whole: string, name: string) =>
    name.startsWith('#') ? String.fromCodePoint(Math.min(Number(name.slice(1)), 0x10ffff)) : (entities[name] ?? whole),
  );
}
