import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { useInspector, useShell } from '../context.tsx';
import { fill } from '../../../base/webview/format.ts';
import { useWaitingUntil } from '../useNow.ts';
import { JsonViewer } from './JsonViewer.tsx';
import type { ItemOf, KindView } from './kind.ts';
import { useIsFollowed } from './followed.ts';
import { jsonText } from './jsonText.ts';
import { ToolAnswer } from '../../../conversation/webview/items/ToolAnswer.tsx';

export const clientToolCall: KindView<'client_tool_call'> = {
  icon: 'tools',
  label: (strings) => strings.kindToolCall,
  Body,
  texts: (item) => [item.name, jsonText(item.arguments), jsonText(item.output)],
  heightBeside: 0,
};

function Body({ item }: { readonly item: ItemOf<'client_tool_call'> }) {
  const { strings, formats } = useInspector();
  const { capabilities, activity } = useShell();
  const open = item.status === 'open';
  // The server completes the thread's last item, and no other (chatkit-api 5.3).
  const isLast = !useIsFollowed(item.id);
  const answerable = open && isLast && capabilities.send && !activity.deleted;
  const until = useWaitingUntil(open);
  const waited = item.createdAt === null ? 0 : until - item.createdAt;
  const waits = waited > 0 ? fill(strings.toolOpenFor, formats.duration(waited)) : strings.toolOpen;
  return (
    <>
      <p className="tool-title">
        <code className="code tool-name">{item.name}</code>
        <span className={`badge ${open ? 'warning' : ''}`}>
          <Icon name={open ? 'clockface' : item.status === 'completed' ? 'pass' : 'question'} />
          {open ? waits : item.status === 'completed' ? strings.toolCompleted : item.wireStatus}
        </span>
        {item.callId !== null && <span className="quiet code call-id">{item.callId}</span>}
      </p>
      <div className="tool-values">
        <div role="group" aria-label={strings.arguments}>
          <h2 className="value-title">{strings.arguments}</h2>
          <JsonViewer json={item.arguments} whenAbsent={strings.absent} />
        </div>
        <div role="group" aria-label={strings.output}>
          <h2 className="value-title">{strings.output}</h2>
          <JsonViewer json={item.output} whenAbsent={open ? strings.noOutput : strings.absent} />
        </div>
      </div>
      {answerable && <ToolAnswer itemId={item.id} tool={item.name} />}
    </>
  );
}
