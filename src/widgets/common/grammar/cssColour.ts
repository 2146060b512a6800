import { cssColourNames } from './cssColourNames.ts';
import type { CssReader } from './cssTokens.ts';

/** The number of channels of each colour function, and whether they follow a colour space. */
const colourFunctions: Readonly<Record<string, { readonly space: boolean }>> = {
  rgb: { space: false },
  rgba: { space: false },
  hsl: { space: false },
  hsla: { space: false },
  hwb: { space: false },
  lab: { space: false },
  lch: { space: false },
  oklab: { space: false },
  oklch: { space: false },
  color: { space: true },
};

const colourSpaces = new Set('srgb srgb-linear display-p3 a98-rgb prophoto-rgb rec2020 xyz xyz-d50 xyz-d65'.split(' '));
const channelUnits = new Set(['', '%', 'deg', 'rad', 'turn', 'grad']);

/** Reads a CSS colour: a name, a hex code or a colour function; undefined if the next tokens are none. */
export function readCssColour(reader: CssReader): string | undefined {
  const hash = reader.attempt(() => {
    const token = reader.take('hash');
    return token && [4, 5, 7, 9].includes(token.text.length) ? token.text : undefined;
  });
  if (hash !== undefined) return hash;
  const word = reader.attempt(() => {
    const token = reader.take('word');
    return token && cssColourNames.has(token.text) ? token.text : undefined;
  });
  return word ?? reader.attempt(() => readColourFunction(reader));
}

function readColourFunction(reader: CssReader): string | undefined {
  const call = reader.take('function');
  const known = call && Object.hasOwn(colourFunctions, call.text) ? colourFunctions[call.text] : undefined;
  if (!call || !known) return undefined;
  let space = '';
  if (known.space) {
    const token = reader.take('word');
    if (!token || !colourSpaces.has(token.text)) return undefined;
    space = `${token.text} `;
  }
  const channels: string[] = [];
  let commas = 0;
  while (channels.length < 4) {
    const channel = readChannel(reader);
    if (channel === undefined) return undefined;
    channels.push(channel);
    if (reader.take('mark', ',')) commas += 1;
    else if (channels.length >= 3) break;
  }
  // The legacy syntax has commas, the modern one has none and a slash before the alpha channel.
  if (commas > 0) {
    if (commas !== channels.length - 1 || known.space || !reader.take('mark', ')')) return undefined;
    return `${call.text}(${channels.join(', ')})`;
  }
  if (channels.length !== 3) return undefined;
  let alpha = '';
  if (reader.take('mark', '/')) {
    const channel = readChannel(reader);
    if (channel === undefined) return undefined;
    alpha = ` / ${channel}`;
  }
  return reader.take('mark', ')') ? `${call.text}(${space}${channels.join(' ')}${alpha})` : undefined;
}

function readChannel(reader: CssReader): string | undefined {
  if (reader.take('word', 'none')) return 'none';
  return reader.attempt(() => {
    const token = reader.take('number');
    return token && channelUnits.has(token.unit) ? `${token.value}${token.unit}` : undefined;
  });
}
