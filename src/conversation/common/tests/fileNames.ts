// The names of the files of conversation tests.

export const testFileExtension = '.chatkit-test.json';
/** The folder beside the test files that holds their snapshots. */
export const snapshotFolder = '__snapshots__';

/** The name of the snapshots of a test file, inside `snapshotFolder`. */
export function snapshotFileName(testFileName: string): string {
  const isNamed = testFileName.endsWith(testFileExtension);
  const stem = isNamed ? testFileName.slice(0, -testFileExtension.length) : testFileName;
  return `${stem}.chatkit-snapshots.json`;
}
