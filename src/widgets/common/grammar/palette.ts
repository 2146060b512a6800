/** The themes of a widget. */
export type WidgetTheme = 'light' | 'dark';

const hues = ['green', 'red', 'pink', 'orange', 'yellow', 'purple', 'blue'] as const;
type Hue = (typeof hues)[number];

const steps = [25, 50, 75, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950, 1000] as const;

/** The steps of each hue except gray, the same in both themes (chatkit-api, appendix A). */
const hueHex: Record<Hue, string> = {
  green: 'edfaf2 d9f4e4 b8ebcc 8cdfad 66d492 40c977 04b84c 00a240 008635 00692a 004f1f 003716 011c0b 001207',
  red: 'fff0f0 ffd9d9 ffc6c5 ffa4a2 ff8583 ff6764 fa423e e02e2a ba2623 911e1b 6e1615 4d100e 280b0a 1f0909',
  pink: 'fff4f9 ffe8f3 ffd4e8 ffbada ffa3ce ff8cc1 ff66ad e04c91 ba437a 963c67 6e2c4a 4d1f34 29101c 1a0a11',
  orange: 'fff5f0 ffe7d9 ffcfb4 ffb790 ff9e6c ff8549 fb6a22 e25507 b9480d 923b0f 6d2e0f 4a2206 281105 211107',
  yellow: 'fffbed fff6d9 ffeeb8 ffe48c ffdb66 ffd240 ffc300 e0ac00 ba8e00 916f00 6e5400 4d3b00 261d00 1a1400',
  purple: 'f9f5fe efe5fe e0cefd ceb0fb be95fa ad7bf9 924ff7 8046d9 6b3ab4 532d8d 3f226a 2c184a 160c25 100a19',
  blue: 'f5faff e5f3ff cce6ff 99ceff 66b5ff 339cff 0285ff 0169cc 004f99 003f7a 013566 00284d 000e1a 000d19',
};

/** Gray is inverted in the dark theme. */
const grayHex: Record<number, readonly [light: string, dark: string]> = {
  0: ['ffffff', '0d0d0d'],
  25: ['fcfcfc', '101010'],
  50: ['f9f9f9', '131313'],
  75: ['f3f3f3', '161616'],
  100: ['ededed', '181818'],
  150: ['dfdfdf', '1c1c1c'],
  200: ['cdcdcd', '212121'],
  250: ['b9b9b9', '282828'],
  300: ['afafaf', '303030'],
  350: ['9f9f9f', '393939'],
  400: ['8f8f8f', '414141'],
  450: ['767676', '4f4f4f'],
  500: ['5d5d5d', '5d5d5d'],
  550: ['4f4f4f', '767676'],
  600: ['414141', '8f8f8f'],
  650: ['393939', '9f9f9f'],
  700: ['303030', 'afafaf'],
  750: ['282828', 'b9b9b9'],
  800: ['212121', 'cdcdcd'],
  850: ['1c1c1c', 'dcdcdc'],
  900: ['181818', 'ededed'],
  925: ['161616', 'f3f3f3'],
  950: ['131313', 'f3f3f3'],
  975: ['101010', 'f9f9f9'],
  1000: ['0d0d0d', 'ffffff'],
};

/** Translucent steps: the opacity of step 400 of the hue, in percent. */
const translucent: Record<Hue, Record<string, number>> = {
  green: { a25: 8, a50: 15, a75: 29, a100: 45, a200: 60, a300: 75 },
  red: { a25: 8, a50: 16, a75: 30, a100: 48, a200: 64, a300: 79 },
  pink: { a25: 8, a50: 16, a75: 28, a100: 45, a200: 60, a300: 76 },
  orange: { a25: 7, a50: 16, a75: 33, a100: 48, a200: 65, a300: 81 },
  yellow: { a25: 8, a50: 15, a75: 27, a100: 45, a200: 59, a300: 74 },
  purple: { a25: 6, a50: 15, a75: 28, a100: 45, a200: 60, a300: 75 },
  blue: { a25: 4, a50: 13, a75: 25, a100: 40, a200: 60, a300: 80 },
};

const primitiveColours = new Map<string, readonly [light: string, dark: string]>([
  ['white', ['#ffffff', '#ffffff']],
  ['black', ['#000000', '#000000']],
]);
for (const [step, [light, dark]] of Object.entries(grayHex)) {
  primitiveColours.set(`gray-${step}`, [`#${light}`, `#${dark}`]);
}
for (const hue of hues) {
  hueHex[hue].split(' ').forEach((hex, index) => {
    primitiveColours.set(`${hue}-${steps[index]}`, [`#${hex}`, `#${hex}`]);
  });
  const base = rgbChannels(primitiveColours.get(`${hue}-400`)?.[0] ?? '');
  for (const [step, percent] of Object.entries(translucent[hue])) {
    const css = `rgb(${base} / ${percent}%)`;
    primitiveColours.set(`${hue}-${step}`, [css, css]);
  }
}

/** Names of all primitive colours except the `alpha-<n>` family, in the order of the appendix. */
export const primitiveNames: readonly string[] = [...primitiveColours.keys()];

/**
 * Returns the CSS of a primitive colour (`red-500`, `gray-150`, `blue-a50`, `alpha-08`, `white`); undefined for other names.
 * `alpha-<n>` with n from 0 to 100 is the opacity of near-black (light) or white (dark), in percent.
 */
export function primitiveColour(name: string, theme: WidgetTheme): string | undefined {
  const pair = primitiveColours.get(name);
  if (pair) return theme === 'dark' ? pair[1] : pair[0];
  const alpha = /^alpha-(\d{1,3})$/.exec(name);
  if (!alpha) return undefined;
  const percent = Number(alpha[1]);
  if (percent > 100) return undefined;
  return `rgb(${theme === 'dark' ? '255 255 255' : '13 13 13'} / ${percent}%)`;
}

function rgbChannels(hex: string): string {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(' ');
}
