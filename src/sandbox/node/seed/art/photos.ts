import { encodePng, type Paint } from './png.ts';

type Colour = readonly [number, number, number];

/** Images that are attached in the seeded conversations, served at `/sandbox/files/<name>`. */
const photos: Readonly<Record<string, Paint>> = {
  'label.png': (x, y) => {
    if (x < 12 || y < 12 || x > 308 || y > 188) return [196, 164, 124];
    if (y > 120 && y < 172 && x > 30 && x < 290) return (x * 7919) % 11 < 5 ? [24, 24, 28] : [250, 250, 248];
    if ((y > 34 && y < 44 && x < 190) || (y > 54 && y < 62 && x < 240) || (y > 72 && y < 80 && x < 160)) {
      return x > 30 ? [70, 70, 78] : [250, 250, 248];
    }
    return [250, 250, 248];
  },
  'broken-lamp.png': (x, y) => {
    const crack = Math.abs(x - 150 - 18 * Math.sin(y / 9)) < 2 && y > 40 && y < 118;
    const shade = y > 40 && y < 120 && Math.abs(x - 160) < 34 + (y - 40) * 0.55;
    if (crack) return [60, 44, 30];
    if (shade) return mix([246, 214, 140], [206, 150, 80], (x - 90) / 140);
    if (Math.abs(x - 160) < 6 && y >= 120 && y < 172) return [88, 84, 80];
    if (Math.abs(x - 160) < 40 && y >= 168 && y < 180) return [70, 66, 64];
    return mix([222, 226, 230], [188, 194, 202], y / 200);
  },
  'dashboard.png': (x, y) => {
    const bar = Math.floor((x - 24) / 28);
    const height = 40 + ((bar * 53) % 90);
    if (bar >= 0 && bar < 10 && (x - 24) % 28 < 18 && y > 180 - height && y < 180) {
      return bar === 7 ? [224, 72, 61] : [74, 144, 226];
    }
    return y % 40 === 0 ? [52, 56, 66] : [30, 32, 38];
  },
  'receipt.png': (x, y) => {
    if (x < 90 || x > 230) return [120, 92, 70];
    const line = y % 18 < 3 && y > 24 && y < 180;
    const wide = Math.floor(y / 18) % 3 === 0;
    return line && x > 104 && (x < (wide ? 176 : 200) || x > 206) && x < 218 ? [90, 90, 92] : [252, 251, 247];
  },
};

/** Returns the PNG file, or null for an unknown name. */
export function photo(name: string): Buffer | null {
  const paint = photos[name];
  return paint === undefined ? null : encodePng(320, 200, paint);
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2) =>
    Math.round(from[index] + (to[index] - from[index]) * Math.min(1, Math.max(0, share)));
  return [at(0), at(1), at(2)];
}
