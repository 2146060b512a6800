import { type CssReader, readCss, readLength } from './length.ts';
import { type WidgetTheme, primitiveColour } from './palette.ts';
import { type ColourContext, semanticColour } from './tokens.ts';

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
function readGradients(reader: CssReader): string | undefined {
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

/** A `Color` of a widget (chatkit-api 6.2): one value for both themes or one per theme. */
export type ColourValue = string | { readonly light: string; readonly dark: string };

/**
 * Returns the CSS of a colour: a semantic name of its context, a primitive or a CSS colour (for backgrounds also gradients).
 * The result is safe to set. Undefined if it is none of them.
 */
export function colourCss(value: ColourValue, context: ColourContext, theme: WidgetTheme): string | undefined {
  const text = (typeof value === 'string' ? value : value[theme]).trim();
  return semanticColour(text, context, theme) ?? primitiveColour(text, theme) ?? cssColour(text, context);
}

/** Whether a name or CSS value is a colour in the context. */
export function isColour(text: string, context: ColourContext): boolean {
  return colourCss(text, context, 'light') !== undefined;
}

function cssColour(text: string, context: ColourContext): string | undefined {
  const colour = readCss(text, readCssColour);
  if (colour !== undefined || context !== 'background') return colour;
  return readCss(text, readGradients);
}

/** The colour names of CSS Color 4, including `transparent` and `currentcolor`. */
const cssColourNames: ReadonlySet<string> = new Set(
  `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
  cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
  darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
  darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
  firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
  hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
  lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
  lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
  mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
  midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
  palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple
  rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue
  slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato transparent turquoise violet wheat
  white whitesmoke yellow yellowgreen currentcolor`.split(/\s+/),
);

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
function readCssColour(reader: CssReader): string | undefined {
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
