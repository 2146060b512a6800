/** Replaced by the build with the version of the package. */
declare const CHATKIT_VERSION: string | undefined;

export const version = typeof CHATKIT_VERSION === 'string' ? CHATKIT_VERSION : '0.0.0';
