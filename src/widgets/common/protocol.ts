import * as z from 'zod';
import type { ImagePolicy } from '../../chatkit/common/imagePolicy.ts';
import type { DataOrigin } from './templates/previewData.ts';

// Every message between the page that previews a widget and its host. The page says `ready` once and gets the whole state
// in the answer; afterwards each change of the document comes as one `view`.

/** A problem in words. The page names it by its place in the list when it wants to go there. */
export interface ProblemView {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** JSON pointer into the widget or the data. */
  readonly path: string | null;
  /** `Ln 4, Col 12` in the document, and where in the template, if it is about one. */
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

/** One state of the document, drawn. */
export interface PreviewView {
  /** Grows with every one. */
  readonly serial: number;
  readonly name: string | null;
  /** The widget as JSON text; null when none could be made of this state. */
  readonly output: string | null;
  /** Drawn when there was never an output. */
  readonly fallback: string | null;
  readonly problems: readonly ProblemView[];
  readonly data: DataView | null;
  /** The evaluation was stopped and can be started again. */
  readonly canRunAgain: boolean;
  /** JSON pointers of the document's widgets, and which one this is. */
  readonly widgets: readonly string[];
  readonly selected: number;
}

export interface PreviewState {
  /** BCP 47. */
  readonly locale: string;
  /** Name of the file. */
  readonly title: string;
  readonly images: ImagePolicy;
  readonly view: PreviewView;
}

/** What the page keeps of itself; the serializer gets it back. No content. */
export interface PreviewWebviewState {
  /** Of the document. */
  readonly uri: string;
  readonly themes?: 'light' | 'dark' | 'both' | undefined;
  readonly width?: 'sm' | 'md' | 'lg' | 'full' | undefined;
  readonly tab?: 'data' | 'json' | 'problems' | undefined;
  /** The panel below the drawing is folded away. */
  readonly folded?: boolean | undefined;
  /** How far the drawing is scrolled, px. */
  readonly scroll?: number | undefined;
}

/** The shape of a stored page state; anything may come back. */
export const previewPageState = z.object({ uri: z.string().min(1).max(8_192) });

/** What the page offers its host. */
export interface PreviewWebview {
  view(view: PreviewView): void;
  settings(settings: { readonly images: ImagePolicy }): void;
}

/** What the page may ask. The host parses all of it: a page is untrusted. */
export const previewRequests = {
  ready: z.strictObject({}),
  /** Sample data that somebody wrote, JSON. */
  setData: z.strictObject({ text: z.string().max(1_000_000) }),
  useData: z.strictObject({ from: z.enum(['own', 'schema']) }),
  select: z.strictObject({ widget: z.int().min(0).max(1_000) }),
  /** Goes to a problem of the view with that serial, in the text. */
  goTo: z.strictObject({ serial: z.int(), problem: z.int().min(0).max(10_000) }),
  /** Evaluates the document once more although it reached a limit. */
  runAgain: z.strictObject({}),
  openText: z.strictObject({}),
  copyText: z.strictObject({ text: z.string().max(5_000_000) }),
  image: z.strictObject({ url: z.string().max(8_192) }),
  openLink: z.strictObject({ url: z.string().max(8_192) }),
};

type Ask<K extends keyof typeof previewRequests> = z.infer<(typeof previewRequests)[K]>;

/** What the host offers the page. */
export interface PreviewHost {
  ready(params: Ask<'ready'>): PreviewState;
  setData(params: Ask<'setData'>): void;
  useData(params: Ask<'useData'>): void;
  select(params: Ask<'select'>): void;
  goTo(params: Ask<'goTo'>): void;
  runAgain(params: Ask<'runAgain'>): void;
  openText(params: Ask<'openText'>): void;
  copyText(params: Ask<'copyText'>): void;
  image(params: Ask<'image'>): { readonly dataUrl: string };
  openLink(params: Ask<'openLink'>): void;
}
