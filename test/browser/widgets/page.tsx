// The page of the widget tests: draws what a test hands over.
import { createRoot } from 'react-dom/client';
import type { Json } from '../../../src/domain/json.ts';
import type { WidgetActionRequest } from '../../../src/domain/widgets/actions/action.ts';
import type { WidgetViewProps } from '../../../src/webview/widgets/WidgetView.tsx';
import { WidgetView } from '../../../src/webview/widgets/WidgetView.tsx';

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
    drawWidgets: (request: DrawRequest) => void;
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
};
