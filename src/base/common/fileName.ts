/** Names of devices, which Windows reserves with any extension (`CON.json`) and with superscript digits (`COM¹`). */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/**
 * Text as a part of a file name that every file system takes: letters, digits and marks of any script, everything else as
 * dashes (control characters, direction overrides and invisible characters included). `more` lists further characters to
 * keep, as the inside of a regular expression's class. At most `maxBytes` of UTF-8, without dashes, dots and spaces at
 * the ends; possibly empty.
 */
export function fileNamePart(text: string, maxBytes: number, more = ''): string {
  const words = text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(new RegExp(`[^\\p{L}\\p{N}\\p{M}${more}]+`, 'gu'), '-');
  return firstBytes(words.replace(/^[-.\s]+/, ''), maxBytes).replace(/[-.\s]+$/, '');
}

/** A file name that does not name a device. */
export function withoutReserved(name: string): string {
  const [stem = ''] = name.split('.', 1);
  return reserved.test(stem.trim()) ? `_${name}` : name;
}

/** Whole characters only. */
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
