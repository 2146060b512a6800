/** Device names. Windows reserves them with any extension (`CON.json`) and with superscript digits (`COM¹`). */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/**
 * Returns a text as part of a file name that is valid on every file system. Keeps letters, digits and marks of any
 * script. Replaces everything else with dashes, including control characters, direction overrides and invisible
 * characters. `more` lists additional characters to keep, in the syntax of a regular expression's class. The result has
 * at most `maxBytes` bytes of UTF-8 and no dashes, dots or spaces at its ends. It can be empty.
 */
export function fileNamePart(text: string, maxBytes: number, more = ''): string {
  const words = text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(new RegExp(`[^\\p{L}\\p{N}\\p{M}${more}]+`, 'gu'), '-');
  return firstBytes(words.replace(/^[-.\s]+/, ''), maxBytes).replace(/[-.\s]+$/, '');
}

/** Returns the last segment of the path of a URI. */
export function fileNameOf({ path }: { readonly path: string }): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Returns a file name that is not a device name. */
export function withoutReserved(name: string): string {
  const [stem = ''] = name.split('.', 1);
  return reserved.test(stem.trim()) ? `_${name}` : name;
}

/** Returns the start of a text, in whole characters. */
function firstBytes(text: string, maxBytes: number): string {
  const encoder = new TextEncoder();
  let end = 0;
  let bytes = 0;
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
