/** chatkit-api 2.1: any word is accepted when the session is created; a wrong one fails later, in the chat. */
export function isLatest(version: unknown): boolean {
  return typeof version === 'string' && version.trim().toLowerCase() === 'latest';
}
