import { crc32, deflateSync } from 'node:zlib';

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

/** Returns red, green and blue of a pixel, each from 0 to 255. */
type Paint = (x: number, y: number) => readonly [number, number, number];

/** Returns a PNG file (8 bits per channel, no alpha) of `width` × `height` px. */
function encodePng(width: number, height: number, paint: Paint): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(paint(x, y), y * (width * 3 + 1) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Returns a drawing as a `data:` URL, so that widgets show images without requests. */
function drawing(width: number, height: number, shapes: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${shapes}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

/** Returns an avatar with initials on a coloured background. */
export function avatar(initials: string, color: string): string {
  return drawing(
    64,
    64,
    `<rect width="64" height="64" fill="${color}"/><text x="32" y="41" font-family="sans-serif" font-size="26" font-weight="600" text-anchor="middle" fill="#fff">${initials}</text>`,
  );
}

function sky(id: string, from: string, to: string, width: number, height: number): string {
  return `<defs><linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#${id})"/>`;
}

export const pictures = {
  mountains: drawing(
    480,
    240,
    `${sky('s', '#bfe3ff', '#f4f9ff', 480, 240)}<circle cx="390" cy="60" r="26" fill="#ffd97a"/><path d="M0 190 110 80l70 70 80-110 130 150h90v50H0z" fill="#7d9bb5"/><path d="M0 215 90 140l90 70 110-90 190 120v0H0z" fill="#4d6f8a"/>`,
  ),
  harbour: drawing(
    480,
    240,
    `${sky('s', '#ffd9b0', '#fff3e4', 480, 240)}<rect y="170" width="480" height="70" fill="#2f6f8f"/><g fill="#b5523b"><path d="M40 170V96l36-24 36 24v74zM190 170v-86l34-22 34 22v86z"/></g><g fill="#e0a458"><path d="M112 170v-62l39-24 39 24v62zM258 170V88l40-26 40 26v82z"/></g><path d="M338 170v-54l46-28 46 28v54z" fill="#6b8f71"/><g fill="#fff" opacity=".8"><rect x="64" y="112" width="10" height="16"/><rect x="84" y="112" width="10" height="16"/><rect x="212" y="104" width="10" height="16"/><rect x="288" y="108" width="10" height="16"/></g>`,
  ),
  backpack: drawing(
    160,
    160,
    '<rect width="160" height="160" fill="#eef2f0"/><path d="M58 44a22 22 0 0 1 44 0v10H58z" fill="none" stroke="#3d5a4c" stroke-width="6"/><rect x="42" y="46" width="76" height="88" rx="18" fill="#5b8a72"/><rect x="52" y="86" width="56" height="40" rx="10" fill="#476f5b"/><path d="M62 98h36" stroke="#cfe3d8" stroke-width="5" stroke-linecap="round"/>',
  ),
  tent: drawing(
    160,
    160,
    '<rect width="160" height="160" fill="#f6efe6"/><path d="M80 38 26 126h108z" fill="#d9804f"/><path d="M80 38 60 126h40z" fill="#8c4a2a"/><path d="M16 128h128" stroke="#7a8b5c" stroke-width="8" stroke-linecap="round"/>',
  ),
  map: drawing(
    480,
    200,
    '<rect width="480" height="200" fill="#e8eee4"/><path d="M0 130c80-30 120 20 200-10s160-60 280-20v100H0z" fill="#cfe4ef"/><g stroke="#fff" stroke-width="9" fill="none"><path d="M40 0l60 200M0 60l480 40M300 0l-40 200"/></g><path d="M100 62 258 84l-10 60" stroke="#2f6fdb" stroke-width="5" fill="none" stroke-linejoin="round"/><circle cx="100" cy="62" r="8" fill="#2f6fdb"/><circle cx="248" cy="144" r="9" fill="#e0483d"/>',
  ),
  qr: drawing(
    84,
    84,
    `<rect width="84" height="84" fill="#fff"/><path fill="#111" d="${Array.from({ length: 144 }, (_, n) => ((n * 7919 + ((n * n) % 13)) % 5 < 2 ? `M${(n % 12) * 7} ${Math.floor(n / 12) * 7}h7v7h-7z` : '')).join('')}"/><g fill="#fff" stroke="#111" stroke-width="7"><path d="M3.500 3.500h21v21h-21zM59.500 3.500h21v21h-21zM3.500 59.500h21v21h-21z"/></g>`,
  ),
} as const;
