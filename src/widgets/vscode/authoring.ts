type Authoring = (typeof import('../node/authoring.ts'))['authoring'];

let loaded: Promise<Authoring> | undefined;

/** Loads the support for the editors of templates, once. */
export function loadAuthoring(): Promise<Authoring> {
  loaded ??= import('../node/authoring.ts').then(({ authoring }) => authoring);
  return loaded;
}
