/** The production build of the extension that `npm run bench` made, as it would be packaged. */
export function extensionFolder(): string {
  const folder = process.env['CHATKIT_BENCH_EXTENSION'];
  if (folder === undefined) throw new Error('Run it with `npm run bench`: it builds the extension first');
  return folder;
}
