import { cutDeep, parseJson } from '../../base/common/parseJson.ts';
import { isJsonObject } from '../../base/common/json.ts';
import type { Json, JsonObject } from '../../base/common/json.ts';

/**
 * String fields whose values are words of the protocol, not of a person: kept. Everything else that is a string is
 * replaced, so a field that a server adds tomorrow is hidden until somebody lists it here.
 */
const protocolWords = new Set([
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

/** Props of widget components that only say how it looks (chatkit-api 6.2, 6.3). */
const widgetLooks = new Set([
  'align',
  'aspectRatio',
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
  'iconEnd',
  'iconSize',
  'iconStart',
  'inputType',
  'justify',
  'light',
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
  'size',
  'spacing',
  'style',
  'textAlign',
  'theme',
  'vAlign',
  'variant',
  'weight',
  'width',
  'wrap',
]);

/** What a look or a protocol word may be made of; anything longer or stranger is somebody's text in a borrowed field. */
const protocolValue = /^[\w.:%/+-]{0,40}$/;

/** Fields that hold JSON as text over REST (chatkit-api 4.3). */
const jsonText = new Set(['widget', 'arguments', 'output']);

/** Fields under which numbers are somebody's values too, not the protocol's. */
const valueRoots = new Set(['arguments', 'output', 'payload', 'data', 'state_variables', 'metadata', 'answers']);

/** Texts of JSON that are opened, one within the other. */
const maxNestedTexts = 4;

type Zone = 'wire' | 'widget' | 'values';

/**
 * Replaces what belongs to people in wire JSON by stand-ins: end users, titles, texts, ids, URLs, argument values.
 * Structure, times, counts and lengths' order of magnitude stay, and one value always gets one stand-in, so that a
 * thread can still be followed. One instance an export.
 */
export class Redactor {
  readonly #standIns = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  /** How many texts of JSON are being walked, one within the other. */
  #texts = 0;

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
      if (key === 'name' && zone !== 'values' && isOwnName(value)) {
        out[key] = field;
        continue;
      }
      const inner = zoneOf(key, zone);
      const name = zone === 'values' && !protocolValue.test(key) ? this.#standIn('key', key) : key;
      // defineProperty: a key named __proto__ stays a key.
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
      const parsed = tryParse(text);
      if (parsed !== undefined) return this.#jsonText(parsed, text, zone);
    }
    if (zone !== 'values' && key !== null && protocolWords.has(key) && protocolValue.test(text)) return text;
    if (zone === 'widget' && key !== null && widgetLooks.has(key) && protocolValue.test(text)) return text;
    if (text === '') return '';
    if (/^https?:\/\//i.test(text)) return this.#standIn('url', text, (n) => `https://redacted.example/${n}`);
    if (/^data:/i.test(text)) return this.#standIn('data', text, (n) => `data:,redacted-${n}`);
    if (key === 'id' || key?.endsWith('_id') === true) return this.#standIn('id', text);
    if (key === 'user') return this.#standIn('user', text);
    if (key === 'title') return this.#standIn('title', text, (n) => `Title ${n}`);
    return this.#standIn('text', text, (n) => `[text ${n}, ${text.length} characters]`);
  }

  /** JSON as text, within JSON as text, …: each form is bounded in depth, and so is their number. */
  #jsonText(parsed: Json, text: string, zone: Zone): string {
    if (this.#texts >= maxNestedTexts)
      return this.#standIn('text', text, (n) => `[text ${n}, ${text.length} characters]`);
    this.#texts += 1;
    const redacted = JSON.stringify(this.#walk(parsed, null, zone));
    this.#texts -= 1;
    return redacted;
  }

  #standIn(family: string, value: string, form = (n: number) => `${family}_${n}`): string {
    // Ids are one family whatever their field, so that `thread_id` still names the thread.
    const known = `${family}\u0000${value}`;
    let standIn = this.#standIns.get(known);
    if (standIn === undefined) {
      const n = (this.#counts.get(family) ?? 0) + 1;
      this.#counts.set(family, n);
      standIn = form(n);
      this.#standIns.set(known, standIn);
    }
    return standIn;
  }
}

/** The name of a tool or an icon is the app's own word, and a bug report is worth little without it. */
function isOwnName({ type, name }: JsonObject): boolean {
  const isNamed = type === 'Icon' || type === 'client_tool_call' || type === 'chatkit.client_tool_call';
  return isNamed && typeof name === 'string' && /^[\w.:-]{1,64}$/.test(name);
}

function zoneOf(key: string, zone: Zone): Zone {
  if (zone === 'values' || valueRoots.has(key)) return 'values';
  return key === 'widget' ? 'widget' : zone;
}

function tryParse(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
