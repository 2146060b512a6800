import * as l10n from '@vscode/l10n';
import './jitless.ts';
import { useCallback, useId, useMemo, useState } from 'react';
import type { Json } from '../../base/common/json.ts';
import type { WidgetActionRequest } from '../common/actions/action.ts';
import { buildAction } from '../common/actions/action.ts';
import type { WidgetTheme } from '../common/grammar/palette.ts';
import { widgetLimits } from '../common/limits.ts';
import type { WidgetNode } from '../common/node.ts';
import { normaliseWidget } from '../common/normalise.ts';
import { ActionResult } from './ActionResult.tsx';
import type { WidgetHost } from './rendering/widgetHost.ts';
import type { ImagePolicy } from '../../chatkit/common/imagePolicy.ts';
import { WidgetHostContext, WidgetThemeContext } from './rendering/widgetHost.ts';
import { labelledFields } from './labelledFields.ts';
import { NodeView } from './rendering/NodeView.tsx';
import './styles/index.css';

export interface WidgetViewProps {
  /** The widget as it came: any JSON. */
  readonly json: Json;
  /** The editor's theme. */
  readonly theme: WidgetTheme;
  readonly imagePolicy?: ImagePolicy;
  /** `allowed_image_domains` of the thread; null or absent: all. */
  readonly imageDomains?: readonly string[] | null;
  /** Fetches a picture as a `data:` address. Absent: pictures of other hosts are not loaded. */
  readonly loadImage?: (url: string) => Promise<string>;
  /**
   * Sends an action; its promise ends the loading state, and what it rejects with is said. Absent where the source cannot
   * send: then the view shows what would be sent. Actions for the embedding app (`handler: client`) are always shown.
   */
  readonly onAction?: (request: WidgetActionRequest, node: WidgetNode) => void | Promise<void>;
  /** Fields that ask for the focus get it: in a preview, not in a transcript. */
  readonly autoFocus?: boolean;
}

/** Draws a widget (chatkit-api 6). Whatever the JSON is, it is bounded, checked and harmless when it meets the page. */
export function WidgetView({
  json,
  theme,
  imagePolicy = 'ask',
  imageDomains = null,
  loadImage,
  onAction,
  autoFocus = false,
}: WidgetViewProps) {
  const tree = useMemo(() => normaliseWidget(json), [json]);
  const labelled = useMemo(() => labelledFields(tree.root), [tree]);
  const idPrefix = useId();
  const [shown, setShown] = useState<WidgetActionRequest | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const run = useCallback<WidgetHost['run']>(
    async (action, trigger, node, form) => {
      const request = buildAction(action, trigger, form?.read());
      setProblem(null);
      // Fields that were dropped are said also of what is sent.
      const isSent = onAction !== undefined && request.handler === 'server';
      setShown(isSent && request.conflicts.length === 0 ? null : request);
      if (!isSent) return;
      setBusy(request.loading === 'container');
      try {
        await onAction(request, node);
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      } finally {
        setBusy(false);
      }
    },
    [onAction],
  );
  const host = useMemo<WidgetHost>(
    () => ({
      imagePolicy,
      imageDomains,
      loadImage: loadImage ?? null,
      idPrefix,
      labelledFields: labelled,
      autoFocus,
      run,
    }),
    [imagePolicy, imageDomains, loadImage, idPrefix, labelled, autoFocus, run],
  );

  return (
    <WidgetHostContext value={host}>
      <WidgetThemeContext value={theme}>
        <div className="ck-view">
          <div
            className={`ck-widget ck-theme ck-theme-${theme}`}
            data-widget-root
            inert={busy}
            aria-busy={busy || undefined}
          >
            {tree.root ? <NodeView node={tree.root} /> : <p className="ck-note">{l10n.t('This is not a widget.')}</p>}
          </div>
          {tree.cut && (
            <p className="ck-note">
              {l10n.t(
                'This widget is too large: {0} components are drawn.',
                Math.min(tree.nodeCount, widgetLimits.nodes),
              )}
            </p>
          )}
          {problem !== null && (
            <p className="ck-action-problem" role="alert">
              {problem}
            </p>
          )}
          {shown && <ActionResult request={shown} canSend={onAction !== undefined} onClose={() => setShown(null)} />}
        </div>
      </WidgetThemeContext>
    </WidgetHostContext>
  );
}
