import { readJson } from './sources.ts';

export interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

export interface CommandContribution {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly icon?: string;
  readonly enablement?: string;
}

export interface View {
  readonly id: string;
  readonly name: string;
  readonly icon?: string;
  readonly when?: string;
}

export interface SettingContribution {
  readonly default: unknown;
  readonly scope?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly unknown[];
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly displayName: string;
  readonly license: string;
  readonly version: string;
  readonly main: string;
  readonly type: string;
  readonly engines: { readonly vscode: string };
  readonly extensionKind: readonly string[];
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly activationEvents?: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string | boolean; readonly description?: string };
    readonly virtualWorkspaces: unknown;
  };
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly title: string }[] };
    readonly views: Readonly<Record<string, readonly View[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly commands: readonly CommandContribution[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly { readonly id: string; readonly completionEvents?: readonly string[] }[];
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, SettingContribution>> };
    readonly customEditors?: readonly {
      readonly viewType: string;
      readonly selector: readonly { readonly filenamePattern: string }[];
    }[];
  };
}

export function readManifest(): Manifest {
  return readJson('package.json') as Manifest;
}

/** Returns the English texts of the `%key%` placeholders. */
export function readTexts(): Readonly<Record<string, string>> {
  return readJson('package.nls.json') as Record<string, string>;
}

/** Returns every `when` and `enablement` clause of a manifest. */
export function whenClauses({ contributes }: Manifest): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if ((key === 'when' || key === 'enablement') && typeof inner === 'string') found.push(inner);
        else visit(inner);
      }
    }
  };
  visit(contributes);
  return found;
}

/** Returns the context keys of a `when` clause: the first operand of each of its parts. */
export function contextKeysOf(when: string): readonly string[] {
  const withoutPatterns = when.replaceAll(/=~\s*\/(?:[^/\\]|\\.)+\/\w*/g, '');
  return withoutPatterns
    .split(/&&|\|\|/)
    .map((part) => /^[\s!(]*([\w.:-]+)/.exec(part)?.[1] ?? '')
    .filter((key) => key !== '' && key !== 'true' && key !== 'false');
}
