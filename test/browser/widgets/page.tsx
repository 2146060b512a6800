// The page of the widget tests: draws what a test hands over.
import { createRoot } from 'react-dom/client';
import type { Json } from '../../../src/base/common/json.ts';
import type { WidgetActionRequest } from '../../../src/widgets/common/actions/action.ts';
import type { WidgetViewProps } from '../../../src/widgets/webview/WidgetView.tsx';
import { WidgetView } from '../../../src/widgets/webview/WidgetView.tsx';

export interface DrawRequest {
  readonly widgets: readonly Json[];
  readonly view: Pick<WidgetViewProps, 'theme' | 'imagePolicy' | 'imageDomains' | 'autoFocus'>;
  /** The source can send: requests are collected in `window.sent`. */
  readonly sends?: boolean;
}

declare global {
  interface Window {
    /** The host's side of loading a picture: gives a `data:` address. */
    hostLoadImage: (url: string) => Promise<string>;
    /** Resolves once the drawing stands there, with what comes in chunks and with its pictures. */
    drawWidgets: (request: DrawRequest) => Promise<void>;
    sent: WidgetActionRequest[];
    /** Ends the loading state of what was sent. */
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

/** What the webview loads once a drawing has it: by a place in the page, or by words of the JSON. */
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

/** The page has nothing left to do: what React had to render is rendered. A page without frames is never idle by itself. */
const idle = () => new Promise<unknown>((resolve) => requestIdleCallback(resolve, { timeout: 2_000 }));

async function settle(json: string): Promise<void> {
  await idle();
  const wanted = chunks.filter(({ needed }) =>
    typeof needed === 'string' ? document.querySelector(needed) : needed.test(json),
  );
  // The same modules that the drawing waits for, so they are there for it too.
  await Promise.all(wanted.map(({ load }) => load()));
  // React holds back what replaces a placeholder for a while of its own; a picture comes from the host.
  while (document.querySelector('.ck-chart-canvas > .ck-note, .ck-placeholder[aria-busy]')) await idle();
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  await document.fonts.ready;
  await idle();
}

let drawings = 0;
window.drawWidgets = ({ widgets, view, sends }) => {
  root.render(
    // Nothing of the drawing before stays: each is as on a new page.
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
