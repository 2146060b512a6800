import { isJsonObject, type Json, type JsonObject } from '../../../../base/common/json.ts';

interface FormatOptions {
  /** Longest line that an object or an array is put on as a whole; characters. */
  readonly width?: number;
  /** Comment lines above a value, by `JSON.stringify` of its path. */
  readonly comments?: ReadonlyMap<string, readonly string[]>;
}

type Path = readonly (string | number)[];

/** JSON with comments: short objects and arrays on one line, two spaces a level, a line end at the end. */
export function formatJsonc(value: Json, { width = 110, comments = new Map() }: FormatOptions = {}): string {
  const hasComment = (path: Path): boolean => {
    const prefix = JSON.stringify(path).slice(0, -1);
    return [...comments.keys()].some((key) => key.startsWith(`${prefix},`) || (path.length === 0 && key !== '[]'));
  };
  const commentOf = (path: Path, indent: string): string =>
    (comments.get(JSON.stringify(path)) ?? []).map((line) => `${indent}// ${line.replace(/[\r\n]+/g, ' ')}\n`).join('');
  const print = (inner: Json, path: Path, indent: string, used: number): string => {
    const list = Array.isArray(inner) ? (inner as readonly Json[]) : null;
    if (list === null && !isJsonObject(inner)) return JSON.stringify(inner);
    const flat = oneLine(inner);
    if (!hasComment(path) && indent.length + used + flat.length <= width) return flat;
    const deeper = `${indent}  `;
    const parts =
      list === null
        ? Object.entries(inner as JsonObject).map(([key, one]) => {
            const name = `${JSON.stringify(key)}: `;
            return { path: [...path, key], text: name + print(one, [...path, key], deeper, name.length + 1) };
          })
        : list.map((one, index) => ({ path: [...path, index], text: print(one, [...path, index], deeper, 1) }));
    const lines = parts.map((part) => `${commentOf(part.path, deeper)}${deeper}${part.text}`);
    const [open, close] = list === null ? ['{', '}'] : ['[', ']'];
    return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
  };
  return `${commentOf([], '')}${print(value, [], '', 0)}\n`;
}

function oneLine(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(oneLine).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value as JsonObject).map(([key, inner]) => `${JSON.stringify(key)}: ${oneLine(inner)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
