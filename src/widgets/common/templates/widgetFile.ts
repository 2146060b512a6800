import * as z from 'zod';
import { parseJson } from '../../../base/common/parseJson.ts';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';

/** A `.widget` file (chatkit-api 6.11). Other properties remain in the text document. */
const fileSchema = z.looseObject({
  version: z.string(),
  name: z.string(),
  template: z.string(),
  jsonSchema: z.record(z.string(), z.unknown()).optional(),
  outputJsonPreview: z.unknown().optional(),
  encodedWidget: z.string().optional(),
});

export interface WidgetFile {
  readonly version: string;
  readonly name: string;
  /** Jinja template. */
  readonly template: string;
  /** JSON Schema 2020-12 of the data; null if the file has none. */
  readonly jsonSchema: JsonObject | null;
  /** The widget as saved by the designer; null if the file has none. */
  readonly outputJsonPreview: Json;
  /** The document of the designer; null if there is none or it cannot be read. */
  readonly studio: StudioDocument | null;
}

/** The used part of the document of the designer. */
interface StudioDocument {
  readonly name: string | null;
  /** Its JSON text. */
  readonly text: string;
  /** Sample data. */
  readonly defaultState: JsonObject | null;
  /** The source of the template. */
  readonly view: string | null;
}

type WidgetFileResult =
  | { readonly ok: true; readonly file: WidgetFile }
  /** `path` is the JSON pointer to the error; empty if the text is not valid JSON. */
  | { readonly ok: false; readonly path: string; readonly message: string };

/** The only existing version. */
const supportedVersion = '1.0';

/** Parses the text of a `.widget` file. Never throws. */
export function parseWidgetFile(text: string): WidgetFileResult {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (error) {
    return { ok: false, path: '', message: error instanceof Error ? error.message : String(error) };
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      ok: false,
      path: (issue?.path ?? []).map((step) => `/${String(step)}`).join(''),
      message: issue?.message ?? '',
    };
  }
  const { version, name, template, jsonSchema, outputJsonPreview, encodedWidget } = parsed.data;
  if (version !== supportedVersion) {
    return { ok: false, path: '/version', message: `Unsupported widget version ${version}.` };
  }
  return {
    ok: true,
    file: {
      version,
      name,
      template,
      jsonSchema: (jsonSchema as JsonObject | undefined) ?? null,
      outputJsonPreview: (outputJsonPreview as Json | undefined) ?? null,
      studio: encodedWidget === undefined ? null : decodeStudio(encodedWidget),
    },
  };
}

function decodeStudio(encoded: string): StudioDocument | null {
  const text = decodeWidget(encoded);
  if (text === null) return null;
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    return null;
  }
  if (!isJsonObject(json)) return null;
  const { name, defaultState, view } = json;
  return {
    name: typeof name === 'string' ? name : null,
    text,
    defaultState: isJsonObject(defaultState) ? defaultState : null,
    view: typeof view === 'string' ? view : null,
  };
}

// The document of the designer in a `.widget` file: base64url without padding.

/** Returns the `encodedWidget` of a document's JSON text. */
export function encodeWidget(document: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(document)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Returns the text of the document, whose JSON may be invalid; null if it cannot be decoded. Accepts base64 too. */
export function decodeWidget(encoded: string): string | null {
  try {
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
