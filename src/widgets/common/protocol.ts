import * as z from 'zod';
import { type RequestMethods, request } from '../../base/common/rpc.ts';
import type { ImagePolicy } from '../../chatkit/common/connection.ts';
import type { DataOrigin } from './dataOrigin.ts';

// Messages between the preview webview and the extension host. The webview requests `ready` once and receives the complete
// state; afterwards the host sends a `view` for each change of the document.

/** A problem with its localized message. The webview refers to it by its index in the list. */
export interface ProblemView {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** JSON pointer into the widget or the data. */
  readonly path: string | null;
  /** Localized position: `Ln 4, Col 12` in the document, and the line in the template if it concerns one. */
  readonly where: string;
}

export interface DataView {
  /** JSON text. */
  readonly text: string;
  readonly origin: DataOrigin | 'edited';
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  /** The origin while no other data is selected. */
  readonly ownOrigin: DataOrigin;
  readonly hasSchema: boolean;
}

/** The preview of one state of the document. */
export interface PreviewView {
  /** Increases with each view. */
  readonly serial: number;
  readonly name: string | null;
  /** The widget as JSON text; null if this state has errors. */
  readonly output: string | null;
  /** JSON text that is rendered if there has been no output yet. */
  readonly fallback: string | null;
  readonly problems: readonly ProblemView[];
  readonly data: DataView | null;
  /** `copy_text` of the item that contains the widget: what users copy. Null if there is none. */
  readonly copyText: string | null;
  /** The evaluation was stopped and can be started again. */
  readonly canRunAgain: boolean;
  /** JSON pointers of the widgets in the document, and the index of this one. */
  readonly widgets: readonly string[];
  readonly selected: number;
}

export interface PreviewState {
  /** BCP 47 language tag. */
  readonly locale: string;
  /** Name of the file. */
  readonly title: string;
  readonly images: ImagePolicy;
  readonly view: PreviewView;
}

/** The state that the webview saves and the serializer restores. It does not contain any content. */
export interface PreviewWebviewState {
  /** URI of the document. */
  readonly uri: string;
  readonly themes?: 'light' | 'dark' | 'both' | undefined;
  readonly width?: 'sm' | 'md' | 'lg' | 'full' | undefined;
  readonly tab?: 'data' | 'json' | 'problems' | undefined;
  /** BCP 47; absent: the language of the editor. */
  readonly locale?: string | undefined;
  readonly direction?: 'ltr' | 'rtl' | undefined;
  /** Whether the panel below the widget is collapsed. */
  readonly folded?: boolean | undefined;
  /** Scroll position of the widget, in px. */
  readonly scroll?: number | undefined;
}

/** The part of the saved state that the host reads. The state is untrusted. */
export const previewWebviewState = z.object({ uri: z.string().min(1).max(8_192) });

/** Notifications to the webview. */
export interface PreviewWebview {
  view(view: PreviewView): void;
  settings(settings: { readonly images: ImagePolicy }): void;
}

/** Parameters of the requests of the webview. The host validates them: a webview is untrusted. */
export const previewRequests = {
  ready: request(z.strictObject({})).returns<PreviewState>(),
  /** Sample data that the user edited, as JSON text. */
  setData: z.strictObject({ text: z.string().max(1_000_000) }),
  useData: z.strictObject({ from: z.enum(['own', 'schema']) }),
  select: z.strictObject({ widget: z.int().min(0).max(1_000) }),
  /** Shows the position of a problem in the text. Ignored if `serial` is not that of the latest view. */
  goTo: z.strictObject({ serial: z.int(), problem: z.int().min(0).max(10_000) }),
  /** Evaluates the document again although it reached a limit. */
  runAgain: z.strictObject({}),
  openText: z.strictObject({}),
  copyText: z.strictObject({ text: z.string().max(5_000_000) }),
  image: request(z.strictObject({ url: z.string().max(8_192) })).returns<{ readonly dataUrl: string }>(),
  openLink: z.strictObject({ url: z.string().max(8_192) }),
};

/** The requests that the webview sends to its host. */
export type PreviewHost = RequestMethods<typeof previewRequests>;
