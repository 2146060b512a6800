import * as l10n from '@vscode/l10n';
import { Icon } from '../../../base/webview/controls/buttons.tsx';
import { useInspector, useIsFollowed, useViewState, useWaitingUntil } from '../state/context.tsx';
import { ToolOutputForm } from '../../../conversation/webview/items/ToolOutputForm.tsx';
import { JsonViewer, jsonText } from './JsonViewer.tsx';
import type { ItemOf, KindView } from './kind.ts';

export const clientToolCall: KindView<'client_tool_call'> = {
  icon: 'tools',
  label: () => l10n.t('Tool call'),
  Body,
  texts: (item) => [item.name, jsonText(item.arguments), jsonText(item.output)],
  extraHeight: 0,
};

function Body({ item }: { readonly item: ItemOf<'client_tool_call'> }) {
  const { formats } = useInspector();
  const { capabilities, activity } = useViewState();
  const open = item.status === 'open';
  // The server completes only the last item of the thread (chatkit-api 5.3).
  const isLast = !useIsFollowed(item.id);
  const canAnswer = open && isLast && capabilities.send && !activity.deleted;
  const isWaiting = open && isLast;
  const until = useWaitingUntil(isWaiting);
  const waitingText =
    item.createdAt === null
      ? l10n.t('waiting for output')
      : l10n.t('waiting for output, {0}', formats.waiting(until - item.createdAt));
  return (
    <>
      <p className="tool-title">
        <code className="code tool-name">{item.name}</code>
        <span className={`badge ${isWaiting ? 'warning' : ''}`}>
          <Icon
            name={isWaiting ? 'clockface' : item.status === 'completed' ? 'pass' : open ? 'circle-slash' : 'question'}
          />
          {isWaiting
            ? waitingText
            : item.status === 'completed'
              ? l10n.t('completed')
              : open
                ? l10n.t('never answered')
                : item.wireStatus}
        </span>
        {item.callId !== null && <span className="quiet code call-id">{item.callId}</span>}
      </p>
      <div className="tool-values">
        <div role="group" aria-label={l10n.t('Arguments')}>
          <h2 className="value-title">{l10n.t('Arguments')}</h2>
          <JsonViewer json={item.arguments} whenAbsent={l10n.t('None')} />
        </div>
        <div role="group" aria-label={l10n.t('Output')}>
          <h2 className="value-title">{l10n.t('Output')}</h2>
          <JsonViewer json={item.output} whenAbsent={isWaiting ? l10n.t('No output yet') : l10n.t('None')} />
        </div>
      </div>
      {open && !isLast && capabilities.send && (
        <p className="quiet">
          {l10n.t('The conversation went on without an output. A server accepts an output only for the last item.')}
        </p>
      )}
      {canAnswer && <ToolOutputForm itemId={item.id} tool={item.name} />}
    </>
  );
}
