import type { ImagePolicy } from '../../../chatkit/common/imagePolicy.ts';
import { createContext, useContext } from 'react';
import type { ActionConfig, ActionTrigger } from '../../common/actions/action.ts';
import type { WidgetTheme } from '../../common/grammar/palette.ts';
import type { WidgetNode } from '../../common/node.ts';

/** What the whole drawing shares. */
export interface WidgetHost {
  readonly imagePolicy: ImagePolicy;
  /** Hosts that images may come from; null: all. */
  readonly imageDomains: readonly string[] | null;
  /** Fetches a picture of another host as a `data:` address: the page itself may load nothing from anywhere. */
  readonly loadImage: ((url: string) => Promise<string>) | null;
  /** Prefix of ids in the page: several widgets share one. */
  readonly idPrefix: string;
  /** Fields that a Label names. */
  readonly labelledFields: ReadonlySet<string>;
  /** Fields may take the focus when they appear: in a preview, not in a transcript, which would jump. */
  readonly autoFocus: boolean;
  /** Runs an action; resolves when its loading state ends. */
  readonly run: (
    action: ActionConfig,
    trigger: ActionTrigger,
    node: WidgetNode,
    form: FieldReader | null,
  ) => Promise<void>;
}

/** Reads the fields of a form at the moment of asking. */
export interface FieldReader {
  read(): readonly (readonly [name: string, value: string | boolean | null])[];
}

export const WidgetHostContext = createContext<WidgetHost>({
  imagePolicy: 'never',
  imageDomains: null,
  loadImage: null,
  idPrefix: 'ck',
  labelledFields: new Set(),
  autoFocus: false,
  run: () => Promise.resolve(),
});

export function useWidgetHost(): WidgetHost {
  return useContext(WidgetHostContext);
}

export const WidgetThemeContext = createContext<WidgetTheme>('light');

/** The theme at this place: the editor's, or the one that a component forces on what is inside it. */
export function useWidgetTheme(): WidgetTheme {
  return useContext(WidgetThemeContext);
}
