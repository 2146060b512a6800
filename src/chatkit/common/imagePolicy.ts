/** When images from other hosts are loaded (`chatkit.inspector.remoteImages`). `ask`: on a click. */
export type ImagePolicy = 'never' | 'ask' | 'always';
