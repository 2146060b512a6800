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
