import { readCssColour } from './cssColour.ts';
import type { CssReader } from './cssTokens.ts';
import { readLength } from './length.ts';

const gradients = /^(?:repeating-)?(?<shape>linear|radial|conic)-gradient$/;
const angleUnits = new Set(['deg', 'rad', 'turn', 'grad']);
const sides = new Set(['top', 'right', 'bottom', 'left']);
const positions = new Set([...sides, 'center']);
const radialWords = new Set([
  'circle',
  'ellipse',
  'closest-side',
  'closest-corner',
  'farthest-side',
  'farthest-corner',
]);
const maxStops = 32;
const maxLayers = 8;

/** Reads one or several layered gradients; undefined if the next tokens are none. */
export function readGradients(reader: CssReader): string | undefined {
  const layers: string[] = [];
  do {
    const layer = reader.attempt(() => readGradient(reader));
    if (layer === undefined || layers.length >= maxLayers) return undefined;
    layers.push(layer);
  } while (reader.take('mark', ','));
  return layers.join(', ');
}

function readGradient(reader: CssReader): string | undefined {
  const call = reader.take('function');
  const shape = call && gradients.exec(call.text)?.groups?.['shape'];
  if (!call || !shape) return undefined;
  const prelude = reader.attempt(() => {
    const css =
      shape === 'linear' ? readDirection(reader) : shape === 'radial' ? readRadial(reader) : readConic(reader);
    return css !== undefined && reader.take('mark', ',') ? css : undefined;
  });
  const stops: string[] = [];
  do {
    const stop = readStop(reader, shape === 'conic');
    if (stop === undefined || stops.length >= maxStops) return undefined;
    stops.push(stop);
  } while (reader.take('mark', ','));
  if (stops.length < 2 || !reader.take('mark', ')')) return undefined;
  return `${call.text}(${[...(prelude === undefined ? [] : [prelude]), ...stops].join(', ')})`;
}

function readDirection(reader: CssReader): string | undefined {
  const angle = readAngle(reader);
  if (angle !== undefined) return angle;
  if (!reader.take('word', 'to')) return undefined;
  const words = readWords(reader, sides, 2);
  return words.length > 0 ? `to ${words.join(' ')}` : undefined;
}

function readRadial(reader: CssReader): string | undefined {
  const parts = readWords(reader, radialWords, 2);
  for (let count = 0; count < 2; count += 1) {
    const size = readLength(reader);
    if (size === undefined) break;
    parts.push(size);
  }
  const position = readPosition(reader);
  if (position !== undefined) parts.push(position);
  return parts.length > 0 ? parts.join(' ') : undefined;
}

function readConic(reader: CssReader): string | undefined {
  const parts: string[] = [];
  if (reader.take('word', 'from')) {
    const angle = readAngle(reader);
    if (angle === undefined) return undefined;
    parts.push(`from ${angle}`);
  }
  const position = readPosition(reader);
  if (position !== undefined) parts.push(position);
  return parts.length > 0 ? parts.join(' ') : undefined;
}

function readPosition(reader: CssReader): string | undefined {
  return reader.attempt(() => {
    if (!reader.take('word', 'at')) return undefined;
    const parts: string[] = [];
    while (parts.length < 2) {
      const part = readWords(reader, positions, 1)[0] ?? readLength(reader);
      if (part === undefined) break;
      parts.push(part);
    }
    return parts.length > 0 ? `at ${parts.join(' ')}` : undefined;
  });
}

/** A colour with up to two positions, or only a position (a hint between two colours). */
function readStop(reader: CssReader, angular: boolean): string | undefined {
  const parts: string[] = [];
  const colour = readCssColour(reader);
  if (colour !== undefined) parts.push(colour);
  while (parts.length < 3) {
    const position = readLength(reader) ?? (angular ? readAngle(reader) : undefined);
    if (position === undefined) break;
    parts.push(position);
  }
  return parts.length > 0 && (colour !== undefined || parts.length === 1) ? parts.join(' ') : undefined;
}

function readAngle(reader: CssReader): string | undefined {
  return reader.attempt(() => {
    const token = reader.take('number');
    if (!token || !(angleUnits.has(token.unit) || (token.unit === '' && token.value === 0))) return undefined;
    return `${token.value}${token.unit}`;
  });
}

function readWords(reader: CssReader, known: ReadonlySet<string>, maxWords: number): string[] {
  const words: string[] = [];
  while (words.length < maxWords) {
    const word = reader.attempt(() => {
      const token = reader.take('word');
      return token && known.has(token.text) ? token.text : undefined;
    });
    if (word === undefined) break;
    words.push(word);
  }
  return words;
}
