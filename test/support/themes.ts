import { readFileSync } from 'node:fs';

/** The theme that a real editor applies to a webview's page; captured by `node scripts/cli.mjs themes`. */
export interface Theme {
  readonly themeId: string;
  readonly classes: string;
  /** The `--vscode-…` variables in the `style` of the root element. */
  readonly variables: Readonly<Record<string, string>>;
}

export const themeNames = ['light', 'dark', 'hc-dark', 'hc-light'] as const;
export type ThemeName = (typeof themeNames)[number];

const folder = new URL('./themes/', import.meta.url);

export function readTheme(name: ThemeName): Theme {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Theme;
}

/** The style sheet that the editor adds before those of the page. */
export function readDefaultStyles(): string {
  return readFileSync(new URL('defaults.css', folder), 'utf8');
}
