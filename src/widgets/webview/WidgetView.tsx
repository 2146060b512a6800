import * as l10n from '@vscode/l10n';
import './jitless.ts';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type WidgetActionRequest, buildAction } from '../common/actions/action.ts';
import type { Json } from '../../base/common/json.ts';
import type { WidgetTheme } from '../common/grammar/palette.ts';
import { type WidgetNode, type WidgetTree, widgetLimits } from '../common/node.ts';
import { normaliseWidget } from '../common/normalise.ts';
import { reuseNodes } from '../common/reuseNodes.ts';
import type { ImagePolicy } from '../../chatkit/common/connection.ts';
import { Glyph } from './icons/IconGlyph.tsx';
import { controlIcons } from './icons/namedIcons.ts';
import { Badge } from './components/Badge.tsx';
import { Basic } from './components/Basic.tsx';
import { Box } from './components/Box.tsx';
import { Button } from './components/Button.tsx';
import { Caption } from './components/Caption.tsx';
import { Card } from './components/Card.tsx';
import { Chart } from './components/Chart.tsx';
import { Checkbox } from './components/Checkbox.tsx';
import { Col } from './components/Col.tsx';
import { DatePicker } from './components/DatePicker.tsx';
import { Divider } from './components/Divider.tsx';
import { Form } from './components/Form.tsx';
import { Icon } from './components/Icon.tsx';
import { Image } from './components/Image.tsx';
import { Input } from './components/Input.tsx';
import { Label } from './components/Label.tsx';
import { ListView } from './components/ListView.tsx';
import { ListViewItem } from './components/ListViewItem.tsx';
import { Markdown } from './components/Markdown.tsx';
import { RadioGroup } from './components/RadioGroup.tsx';
import { Row } from './components/Row.tsx';
import { Select } from './components/Select.tsx';
import { Spacer } from './components/Spacer.tsx';
import { Table } from './components/Table.tsx';
import { TableCell } from './components/TableCell.tsx';
import { TableRow } from './components/TableRow.tsx';
import { Text } from './components/Text.tsx';
import { Textarea } from './components/Textarea.tsx';
import { Title } from './components/Title.tsx';
import { Transition } from './components/Transition.tsx';
import type { ComponentTable } from './rendering/componentTable.ts';
import { pageLanguage } from './components/dayText.ts';
import { type WidgetHost, WidgetHostContext, WidgetThemeContext } from './rendering/widgetHost.ts';
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

/** An action with the component that it belongs to. */
interface ShownAction {
  readonly request: WidgetActionRequest;
  readonly node: WidgetNode;
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
  const { tree, labelledFields } = useTree(json);
  const idPrefix = useId();
  const [shown, setShown] = useState<ShownAction | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const send = useCallback(
    async ({ request, node }: ShownAction) => {
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
      // A request that was sent is shown too if some of its fields were dropped.
      const isSent = onAction !== undefined && request.handler === 'server';
      setShown(isSent && request.conflicts.length === 0 ? null : { request, node });
      if (isSent) await send({ request, node });
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
          {shown && (
            <ActionResult
              request={shown.request}
              canSend={onAction !== undefined}
              onForward={
                onAction !== undefined && shown.request.handler === 'client'
                  ? () => {
                      setShown(null);
                      setError(null);
                      void send(shown);
                    }
                  : null
              }
              onClose={() => setShown(null)}
            />
          )}
        </div>
      </WidgetThemeContext>
    </WidgetHostContext>
  );
}

/** A widget with what is read from all of it. */
interface ViewedWidget {
  readonly json: Json;
  readonly tree: WidgetTree;
  readonly labelledFields: ReadonlySet<string>;
}

/** The tree of a widget. Its unchanged parts are those of the last tree, so that React renders only what changed. */
function useTree(json: Json): ViewedWidget {
  const [viewed, setViewed] = useState(() => viewOf(json, null));
  if (viewed.json === json) return viewed;
  const next = viewOf(json, viewed);
  setViewed(next);
  return next;
}

function viewOf(json: Json, last: ViewedWidget | null): ViewedWidget {
  const next = normaliseWidget(json);
  const root = next.root && reuseNodes(last?.tree.root ?? null, next.root);
  const fields = fieldsWithLabel(root);
  const before = last?.labelledFields;
  const isSame = before?.size === fields.size && [...fields].every((name) => before.has(name));
  return { json, tree: { ...next, root }, labelledFields: isSame ? before : fields };
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

/** The renderer of each component of the catalogue. */
const widgetComponents: ComponentTable = {
  Card,
  ListView,
  Basic,
  ListViewItem,
  Box,
  Row,
  Col,
  Form,
  Spacer,
  Divider,
  Transition,
  Text,
  Title,
  Caption,
  Markdown,
  Label,
  Badge,
  Icon,
  Image,
  Button,
  Input,
  Textarea,
  Select,
  DatePicker,
  Checkbox,
  RadioGroup,
  Table,
  'Table.Row': TableRow,
  'Table.Cell': TableCell,
  Chart,
};

interface ActionResultProps {
  readonly request: WidgetActionRequest;
  /** Whether the source can send: then the request was sent, unless it is for the embedding app. */
  readonly canSend: boolean;
  /** Sends an action for the embedding app to the server, as most apps do; null where that is not possible. */
  readonly onForward: (() => void) | null;
  readonly onClose: () => void;
}

/** The request of an action: one that was not sent, or one that was sent without some fields. */
function ActionResult({ request, canSend, onForward, onClose }: ActionResultProps) {
  const { type, payload, handler, loadingBehavior, loading, streaming, conflicts } = request;
  const json = JSON.stringify({ type, payload }, null, 2);
  const title =
    handler === 'client'
      ? l10n.t('For the embedding app (not sent)')
      : canSend
        ? l10n.t('Sent')
        : l10n.t('Not sent (this source cannot send actions)');
  const behaviour = loadingBehavior === loading ? loading : `${loadingBehavior} → ${loading}`;
  return (
    <section className="ck-result" role="status" aria-label={title}>
      <header>
        <span className="ck-result-title">{title}</span>
        {onForward !== null && (
          <button type="button" className="ck-link" onClick={onForward}>
            {l10n.t('Send to Server')}
          </button>
        )}
        <CopyButton text={json} />
        <button
          type="button"
          className="ck-clear"
          aria-label={l10n.t('Close')}
          title={l10n.t('Close')}
          onClick={onClose}
        >
          <Glyph shape={controlIcons.close} size={14} />
        </button>
      </header>
      <pre tabIndex={0} dir="ltr">
        {json}
      </pre>
      <p>
        {l10n.t('Handler')}: {handler} · {l10n.t('Loading')}: {behaviour}
        {!streaming && ` · ${l10n.t('Synchronous action')}`}
      </p>
      {conflicts.length > 0 && (
        <p className="ck-result-conflict" role="alert">
          {l10n.t('Dropped because the payload already has a value: {0}', conflicts.join(', '))}
        </p>
      )}
    </section>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <button type="button" className="ck-link" onClick={() => void copy()}>
      {copied ? l10n.t('Copied') : l10n.t('Copy')}
    </button>
  );
}
