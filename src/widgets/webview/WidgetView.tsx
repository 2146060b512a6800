import * as l10n from '@vscode/l10n';
import { useCallback, useId, useMemo, useState } from 'react';
import type { Json } from '../../base/common/json.ts';
import { type WidgetActionRequest, buildAction } from '../common/actions/action.ts';
import type { WidgetTheme } from '../common/grammar/palette.ts';
import { widgetLimits } from '../common/limits.ts';
import type { WidgetNode } from '../common/node.ts';
import { normaliseWidget } from '../common/normalise.ts';
import type { ImagePolicy } from '../../chatkit/common/connection.ts';
import './jitless.ts';
import { pageLanguage } from './components/dayText.ts';
import { ActionResult } from './ActionResult.tsx';
import { type WidgetHost, WidgetHostContext, WidgetThemeContext } from './rendering/widgetHost.ts';
import { widgetComponents } from './widgetComponents.ts';
import { NodeView } from './rendering/NodeView.tsx';
import './styles/index.css';

export interface WidgetViewProps {
  /** The widget as received: any JSON. */
  readonly json: Json;
  /** The editor's theme. */
  readonly theme: WidgetTheme;
  readonly imagePolicy?: ImagePolicy;
  /** `allowed_image_domains` of the thread; null or absent: all. */
  readonly imageDomains?: readonly string[] | null;
  /** Fetches an image as a `data:` URL. Absent: images of other hosts are not loaded. */
  readonly loadImage?: (url: string) => Promise<string>;
  /**
   * Sends an action. The loading state ends with its promise; the message of a rejection is shown. Absent if the source cannot
   * send: then the view shows the action that would be sent. Actions for the embedding app (`handler: client`) are always
   * shown.
   */
  readonly onAction?: (request: WidgetActionRequest, node: WidgetNode) => void | Promise<void>;
  /** BCP 47, for dates. Absent: the language of the page. */
  readonly locale?: string;
  /** Whether fields with `autoFocus` take the focus. */
  readonly autoFocus?: boolean;
}

/** Renders a widget (chatkit-api 6). Any JSON is accepted: it is bounded, checked and made safe before it is rendered. */
export function WidgetView({
  json,
  theme,
  imagePolicy = 'ask',
  imageDomains = null,
  loadImage,
  onAction,
  locale = pageLanguage(),
  autoFocus = false,
}: WidgetViewProps) {
  const tree = useMemo(() => normaliseWidget(json), [json]);
  const labelledFields = useMemo(() => fieldsWithLabel(tree.root), [tree]);
  const idPrefix = useId();
  const [shownRequest, setShownRequest] = useState<WidgetActionRequest | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const [clientNode, setClientNode] = useState<Parameters<NonNullable<typeof onAction>>[1] | null>(null);
  const send = useCallback(
    async (request: WidgetActionRequest, node: Parameters<NonNullable<typeof onAction>>[1]) => {
      setError(null);
      setBusy(request.loading === 'container');
      try {
        await onAction?.(request, node);
      } catch (cause) {
        setError(cause instanceof Error ? cause.message : String(cause));
      } finally {
        setBusy(false);
      }
    },
    [onAction],
  );
  const runAction = useCallback<WidgetHost['runAction']>(
    async (action, trigger, node, form) => {
      const request = buildAction(action, trigger, form?.read());
      setError(null);
      setClientNode(node);
      // A request that was sent is shown too if some of its fields were dropped.
      const isSent = onAction !== undefined && request.handler === 'server';
      setShownRequest(isSent && request.conflicts.length === 0 ? null : request);
      if (isSent) await send(request, node);
    },
    [onAction, send],
  );
  const host = useMemo<WidgetHost>(
    () => ({
      components: widgetComponents,
      imagePolicy,
      imageDomains,
      loadImage: loadImage ?? null,
      locale,
      idPrefix,
      labelledFields,
      autoFocus,
      runAction,
    }),
    [locale, imagePolicy, imageDomains, loadImage, idPrefix, labelledFields, autoFocus, runAction],
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
                'This widget is too large. Only {0} of its components are rendered.',
                Math.min(tree.nodeCount, widgetLimits.nodes),
              )}
            </p>
          )}
          {error !== null && (
            <p className="ck-action-problem" role="alert">
              {error}
            </p>
          )}
          {shownRequest && (
            <ActionResult
              request={shownRequest}
              canSend={onAction !== undefined}
              onForward={
                onAction !== undefined && clientNode !== null && shownRequest.handler === 'client'
                  ? () => {
                      setShownRequest(null);
                      void send(shownRequest, clientNode);
                    }
                  : null
              }
              onClose={() => setShownRequest(null)}
            />
          )}
        </div>
      </WidgetThemeContext>
    </WidgetHostContext>
  );
}

/** Names of the fields that have a Label in the widget. */
function fieldsWithLabel(root: WidgetNode | null): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: WidgetNode): void => {
    if (node.component === 'Label' && node.props.fieldName !== undefined) names.add(node.props.fieldName);
    node.children.forEach(visit);
  };
  if (root) visit(root);
  return names;
}
