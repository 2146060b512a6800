// The page of the widget tests: renders the widgets of a test.
import { createRoot } from 'react-dom/client';
import type { Json } from '../../../src/base/common/json.ts';
import type { WidgetActionRequest } from '../../../src/widgets/common/actions/action.ts';
import { WidgetView, type WidgetViewProps } from '../../../src/widgets/webview/WidgetView.tsx';

export interface DrawRequest {
  readonly widgets: readonly Json[];
  readonly view: Pick<WidgetViewProps, 'theme' | 'imagePolicy' | 'imageDomains' | 'autoFocus'>;
  /** Whether the source can send actions; requests are collected in `window.sent`. */
  readonly sends?: boolean;
}

declare global {
  interface Window {
    /** The host function that loads an image; returns a `data:` URL. */
    hostLoadImage: (url: string) => Promise<string>;
    /** Resolves when the widgets are rendered, including lazily loaded chunks and images. */
    drawWidgets: (request: DrawRequest) => Promise<void>;
    sent: WidgetActionRequest[];
    /** Ends the loading state of all sent actions. */
    finishActions: () => void;
  }
}

const element = document.getElementById('root');
if (!element) throw new Error('The page has no #root.');
const root = createRoot(element);
let waiting: (() => void)[] = [];
window.sent = [];
window.finishActions = () => {
  for (const finish of waiting) finish();
  waiting = [];
};

async function send(request: WidgetActionRequest): Promise<void> {
  window.sent.push(request);
  await new Promise<void>((resolve) => waiting.push(resolve));
}

/** Chunks that the webview loads if an element is in the page or a text in the JSON. */
const chunks: readonly { readonly needed: string | RegExp; readonly load: () => Promise<unknown> }[] = [
  {
    needed: '[data-widget-type="Chart"]',
    load: () => import('../../../src/widgets/webview/components/ChartCanvas.tsx'),
  },
  { needed: 'pre > code[class^="language-"]', load: () => import('../../../src/base/webview/markdown/highlight.ts') },
  { needed: '[data-math]', load: () => import('../../../src/base/webview/markdown/math.ts') },
  { needed: /"lucide:/, load: () => import('../../../src/widgets/webview/icons/lucideIcons.ts') },
  { needed: /"pattern":/, load: () => import('../../../src/widgets/common/actions/pattern.ts') },
];

/** Resolves when React has rendered everything. A page without frames is never idle, therefore the timeout. */
const idle = () => new Promise<unknown>((resolve) => requestIdleCallback(resolve, { timeout: 2_000 }));

async function settle(json: string): Promise<void> {
  await idle();
  const wanted = chunks.filter(({ needed }) =>
    typeof needed === 'string' ? document.querySelector(needed) : needed.test(json),
  );
  // The modules that the widgets wait for: once they are loaded here, the widgets have them too.
  await Promise.all(wanted.map(({ load }) => load()));
  // React delays replacing a placeholder; images are loaded by the host.
  while (document.querySelector('.ck-chart-canvas > .ck-note, .ck-placeholder[aria-busy]')) await idle();
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  await document.fonts.ready;
  await idle();
}

let drawings = 0;
window.drawWidgets = ({ widgets, view, sends }) => {
  root.render(
    // The key discards the previous widgets, so that each rendering is like on a new page.
    <main key={drawings++}>
      {widgets.map((json, index) => (
        <section key={index}>
          <WidgetView json={json} loadImage={window.hostLoadImage} {...view} {...(sends ? { onAction: send } : {})} />
        </section>
      ))}
    </main>,
  );
  return settle(JSON.stringify(widgets));
};
