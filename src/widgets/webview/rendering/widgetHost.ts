import { createContext, useContext } from 'react';
import type { ImagePolicy } from '../../../chatkit/common/connection.ts';
import type { ActionConfig, ActionTrigger } from '../../common/actions/action.ts';
import type { WidgetTheme } from '../../common/grammar/palette.ts';
import type { WidgetNode } from '../../common/node.ts';
import type { ComponentTable } from './componentTable.ts';

/** What all components of a widget share. */
export interface WidgetHost {
  /** The renderers. They render their children through this table, so no component imports the others. */
  readonly components: ComponentTable;
  readonly imagePolicy: ImagePolicy;
  /** Hosts from which images may be loaded; null: all. */
  readonly imageDomains: readonly string[] | null;
  /** Fetches an image of another host as a `data:` URL. The page itself cannot load anything from the network. */
  readonly loadImage: ((url: string) => Promise<string>) | null;
  /** BCP 47, for dates. */
  readonly locale: string;
  /** Prefix of element ids: a page may contain several widgets. */
  readonly idPrefix: string;
  /** Names of the fields that have a Label. */
  readonly labelledFields: ReadonlySet<string>;
  /** Whether fields may take the focus when they appear. A transcript would scroll to them. */
  readonly autoFocus: boolean;
  /** Runs an action; resolves when its loading state ends. */
  readonly runAction: (
    action: ActionConfig,
    trigger: ActionTrigger,
    node: WidgetNode,
    form: FieldReader | null,
  ) => Promise<void>;
}

/** Reads the current values of the fields of a form. */
export interface FieldReader {
  read(): readonly (readonly [name: string, value: string | boolean | null])[];
}

export const WidgetHostContext = createContext<WidgetHost | null>(null);

export function useWidgetHost(): WidgetHost {
  const host = useContext(WidgetHostContext);
  if (host === null) throw new Error('Used outside a WidgetView.');
  return host;
}

export const WidgetThemeContext = createContext<WidgetTheme>('light');

/** The theme of this part of the page: the editor's, or one that an outer component sets. */
export function useWidgetTheme(): WidgetTheme {
  return useContext(WidgetThemeContext);
}
