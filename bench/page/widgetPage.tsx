// The page of the widget benchmarks: renders widgets as the inspector does, and reports when they have been painted.
import { createRoot, type Root } from 'react-dom/client';
import { flushSync } from 'react-dom';
import type { Json } from '../../src/base/common/json.ts';
import { WidgetView } from '../../src/widgets/webview/WidgetView.tsx';

declare global {
  interface Window {
    /** Draws the JSON of a widget in place of what stood there; ms from the text to the painted frame. */
    drawWidget: (text: string, fresh: boolean) => Promise<number>;
  }
}

const element = document.getElementById('root');
if (element === null) throw new Error('The page has no #root.');
let root: Root | undefined;

window.drawWidget = (text, fresh) =>
  new Promise((resolve) => {
    if (fresh && root !== undefined) {
      const old = root;
      root = undefined;
      flushSync(() => old.unmount());
    }
    root ??= createRoot(element);
    // At the start of a frame, so that waiting for the next one is not part of it.
    requestAnimationFrame(() => {
      const start = performance.now();
      const json = JSON.parse(text) as Json;
      flushSync(() => root?.render(<WidgetView json={json} theme="dark" />));
      // A message arrives after the frame that is being made here: after its style, layout and painting.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - start);
      port2.postMessage(null);
    });
  });
