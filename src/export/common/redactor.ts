import { isColour } from '../../widgets/common/grammar/colour.ts';
import { aspectRatioCss, dimensionCss, flexCss } from '../../widgets/common/grammar/length.ts';
import { cutDeep, parsedOrUndefined } from '../../base/common/parseJson.ts';
import { type Json, type JsonObject, isJsonObject } from '../../base/common/json.ts';

/**
 * String fields whose values are defined by the protocol. They are not replaced. All other strings are, so a field that
 * a server adds later is hidden until it is added here.
 */
const protocolFields = new Set([
  'type',
  'object',
  'task_type',
  'status',
  'status_indicator',
  'mime_type',
  'kind',
  'handler',
  'loadingBehavior',
  'created_at',
  'timestamp',
]);

/** Props of widget components that only affect the appearance (chatkit-api 6.2, 6.3): icons, sizes, colours, places. */
const appearanceProps = new Set([
  'align',
  'aspectRatio',
  'background',
  'bottom',
  'border',
  'color',
  'colSize',
  'curveType',
  'dark',
  'direction',
  'fit',
  'flex',
  'gap',
  'gutterSize',
  'height',
  'icon',
  'iconEnd',
  'iconSize',
  'iconStart',
  'inputType',
  'justify',
  'left',
  'light',
  'limit',
  'margin',
  'maxHeight',
  'maxSize',
  'maxWidth',
  'minHeight',
  'minSize',
  'minWidth',
  'padding',
  'position',
  'radius',
  'right',
  'side',
  'size',
  'spacing',
  'style',
  'textAlign',
  'theme',
  'top',
  'vAlign',
  'variant',
  'weight',
  'width',
  'wrap',
  'x',
  'y',
]);

/** Props of charts that name a field of the data. The names of the fields are replaced in the same way. */
const dataKeyProps = new Set(['dataKey', 'xAxis']);

/** A date in a widget can be personal data. Its replacement must still be a date. */
const isoDate = /^\d{4}-\d\d-\d\d(?:T[\d:.+Z-]{0,30})?$/;
const replacedDate = '2000-01-01';
/** One transparent pixel. */
const replacedImage = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

/** The form of a protocol or appearance value. Any other value is replaced, because it can be text of a person. */
const protocolValue = /^[\w.:%/+-]{0,40}$/;

/** Fields that contain JSON as text over REST (chatkit-api 4.3). */
const jsonText = new Set(['widget', 'arguments', 'output']);

/** Fields whose content is data of the app, including numbers. */
const valueRoots = new Set([
  'arguments',
  'output',
  'payload',
  'data',
  'labels',
  'state_variables',
  'metadata',
  'answers',
]);

/** Maximum nesting of JSON as text that is parsed. */
const maxNestedTexts = 4;

type Zone = 'wire' | 'widget' | 'values';

/**
 * Replaces personal data in wire JSON with placeholders: users, titles, text, IDs, URLs and argument values. Structure,
 * times and counts do not change. Equal values get equal placeholders, so that a thread can still be
 * understood. Each export needs its own instance.
 */
export class Redactor {
  readonly #placeholders = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  /** Current nesting of JSON as text. */
  #nestedTexts = 0;

  redact(value: Json): Json {
    return this.#walk(cutDeep(value), null, 'wire');
  }

  #walk(value: Json, key: string | null, zone: Zone): Json {
    if (typeof value === 'string') return this.#text(value, key, zone);
    if (typeof value === 'number') return zone === 'values' ? 0 : value;
    if (Array.isArray(value)) return value.map((element: Json) => this.#walk(element, key, zone));
    if (!isJsonObject(value)) return value;
    return this.#object(value, zone);
  }

  #object(value: JsonObject, zone: Zone): Json {
    const out: Record<string, Json> = {};
    for (const [key, field] of Object.entries(value)) {
      if (key === 'name' && zone !== 'values' && isIdentifierName(value)) {
        out[key] = field;
        continue;
      }
      const inner = zoneOf(key, zone);
      const name = zone === 'values' ? this.#keyName(key) : key;
      // defineProperty, because assigning a key named __proto__ would set the prototype.
      Object.defineProperty(out, name, {
        value: this.#walk(field, key, inner),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return out;
  }

  #text(text: string, key: string | null, zone: Zone): string {
    if (key !== null && jsonText.has(key)) {
      const parsed = parsedOrUndefined(text);
      if (parsed !== undefined) return this.#jsonText(parsed, text, zone);
    }
    if (zone !== 'values' && key !== null && protocolFields.has(key) && protocolValue.test(text)) return text;
    if (zone === 'widget' && key !== null) {
      if (appearanceProps.has(key) && isAppearance(text)) return text;
      if (dataKeyProps.has(key)) return this.#keyName(text);
      if (isoDate.test(text)) return replacedDate;
      if (/^data:image\//i.test(text)) return replacedImage;
    }
    if (text === '') return '';
    if (/^https?:\/\//i.test(text)) return this.#placeholder('url', text, (n) => `https://redacted.example/${n}`);
    if (/^data:/i.test(text)) return this.#placeholder('data', text, (n) => `data:,redacted-${n}`);
    if (key === 'id' || key?.endsWith('_id') === true) return this.#placeholder('id', text);
    if (key === 'user') return this.#placeholder('user', text);
    if (key === 'title') return this.#placeholder('title', text, (n) => `Title ${n}`);
    return this.#placeholder('text', text, (n) => `[text ${n}, ${text.length} characters]`);
  }

  /** Keys of data are exported unchanged if they look like identifiers. */
  #keyName(key: string): string {
    return protocolValue.test(key) ? key : this.#placeholder('key', key);
  }

  /** Redacts JSON as text, which can contain JSON as text. The depth of each text and the nesting are limited. */
  #jsonText(parsed: Json, text: string, zone: Zone): string {
    if (this.#nestedTexts >= maxNestedTexts)
      return this.#placeholder('text', text, (n) => `[text ${n}, ${text.length} characters]`);
    this.#nestedTexts += 1;
    const redacted = JSON.stringify(this.#walk(parsed, null, zone));
    this.#nestedTexts -= 1;
    return redacted;
  }

  #placeholder(family: string, value: string, form = (n: number) => `${family}_${n}`): string {
    // IDs of all fields share a family, so that `thread_id` still refers to the thread.
    const valueKey = `${family}\u0000${value}`;
    let placeholder = this.#placeholders.get(valueKey);
    if (placeholder === undefined) {
      const n = (this.#counts.get(family) ?? 0) + 1;
      this.#counts.set(family, n);
      placeholder = form(n);
      this.#placeholders.set(valueKey, placeholder);
    }
    return placeholder;
  }
}

/** The name of a tool or an icon is an identifier of the app, which bug reports need. */
function isIdentifierName({ type, name }: JsonObject): boolean {
  const isNamed = type === 'Icon' || type === 'client_tool_call' || type === 'chatkit.client_tool_call';
  return isNamed && typeof name === 'string' && /^[\w.:-]{1,64}$/.test(name);
}

/** Names, lengths, and the colours and gradients of the grammar, which contains no other words. */
function isAppearance(text: string): boolean {
  return (
    protocolValue.test(text) ||
    /^(?:top|bottom) (?:left|right)$/.test(text) ||
    isColour(text, 'background') ||
    dimensionCss(text) !== undefined ||
    flexCss(text) !== undefined ||
    aspectRatioCss(text) !== undefined
  );
}

function zoneOf(key: string, zone: Zone): Zone {
  if (zone === 'values' || valueRoots.has(key)) return 'values';
  return key === 'widget' ? 'widget' : zone;
}
