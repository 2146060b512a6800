import * as l10n from '@vscode/l10n';
import { useCallback, useMemo, useState } from 'react';
import type { Json } from '../../../base/common/json.ts';
import { Icon, VsButton } from '../../../base/webview/controls/buttons.tsx';
import { Tabs } from '../../../base/webview/controls/Tabs.tsx';
import { useEditorTheme } from '../../../base/webview/controls/useEditorTheme.ts';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import type { WidgetActionRequest } from '../../../widgets/common/actions/action.ts';
import { normaliseWidget } from '../../../widgets/common/normalise.ts';
import { type WidgetProblem, formatProblem } from '../../../widgets/common/problems.ts';
import { reviewWidget } from '../../../widgets/common/review.ts';
import { WidgetView } from '../../../widgets/webview/WidgetView.tsx';
import { useInspector, useViewState } from '../state/context.tsx';

interface Props {
  readonly itemId: string;
  readonly value: Json;
}

type TabId = 'rendered' | 'json' | 'problems';

/** A widget as its users see it, its JSON, and its problems. */
export function WidgetTabs({ itemId, value }: Props) {
  const { host, formats, threadId } = useInspector();
  const { images, thread } = useViewState();
  const theme = useEditorTheme();
  const onAction = useWidgetAction(itemId);
  const [tab, setTab] = useState<TabId>('rendered');
  const imageDomains = thread?.imageDomains ?? null;
  const problems = useMemo(() => {
    const tree = normaliseWidget(value);
    return [...tree.problems, ...reviewWidget(tree, { imageDomains })];
  }, [value, imageDomains]);
  const loadImage = useCallback(
    async (url: string) => (await host.request('image', { threadId, itemId, url })).dataUrl,
    [host, threadId, itemId],
  );

  const openAt = (path: string) => host.notify('openWidget', { threadId, itemId, path });

  return (
    <Tabs
      label={l10n.t('Widget')}
      tabs={[
        { id: 'rendered', label: l10n.t('Rendered') },
        { id: 'json', label: l10n.t('JSON') },
        { id: 'problems', label: l10n.t('Problems ({0})', formats.number(problems.length)) },
      ]}
      selected={tab}
      onSelect={setTab}
    >
      {tab === 'rendered' && (
        <WidgetView
          json={value}
          theme={theme}
          imagePolicy={images}
          imageDomains={imageDomains}
          loadImage={loadImage}
          {...(onAction === undefined ? {} : { onAction })}
        />
      )}
      {tab === 'json' && (
        <>
          <VsButton look="link" onClick={() => openAt('')}>
            {l10n.t('Open in Editor')}
          </VsButton>
          <JsonTree value={value} />
        </>
      )}
      {tab === 'problems' && <WidgetProblems problems={problems} onOpen={openAt} />}
    </Tabs>
  );
}

const severityIcons: Record<WidgetProblem['severity'], string> = { error: 'error', warning: 'warning', info: 'info' };

interface WidgetProblemsProps {
  readonly problems: readonly WidgetProblem[];
  /** Opens the JSON at a JSON pointer. */
  readonly onOpen: (path: string) => void;
}

/** The problems of a widget. A click opens the JSON at the problem. */
function WidgetProblems({ problems, onOpen }: WidgetProblemsProps) {
  if (problems.length === 0) return <p className="quiet">{l10n.t('No problems found.')}</p>;
  return (
    <ul className="widget-problems">
      {problems.map((problem, index) => (
        <li key={index} className={problem.severity}>
          <button
            type="button"
            className="widget-problem"
            title={l10n.t('Open in Editor')}
            onClick={() => onOpen(problem.path)}
          >
            <Icon name={severityIcons[problem.severity]} />
            <span>
              {formatProblem(problem)} <code className="code quiet">{problem.path === '' ? '/' : problem.path}</code>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/**
 * Returns a function that sends the actions of a widget (chatkit-api 6.6). Its promise resolves when the response is
 * complete, and rejects with the reason if nothing was sent. Undefined if the source does not support actions: the widget
 * then shows what would be sent.
 */
function useWidgetAction(itemId: string): ((request: WidgetActionRequest) => Promise<void>) | undefined {
  const { host, threadId } = useInspector();
  const { capabilities, activity, conversation } = useViewState();
  const isStreaming = conversation?.running != null;
  const { customActions, syncActions } = capabilities;
  const send = useCallback(
    async ({ type, payload, streaming }: WidgetActionRequest) => {
      if (streaming ? !customActions : !syncActions)
        throw new Error(l10n.t('Not sent: this server does not support this type of action.'));
      if (streaming && isStreaming)
        throw new Error(
          l10n.t('Not sent: a response is in progress. Only synchronous actions can run at the same time.'),
        );
      // Only these properties of an action are sent.
      await host.request('widgetAction', { threadId, itemId, type, payload: payload as never, streaming });
    },
    [host, threadId, itemId, customActions, syncActions, isStreaming],
  );
  return (customActions || syncActions) && !activity.deleted ? send : undefined;
}
