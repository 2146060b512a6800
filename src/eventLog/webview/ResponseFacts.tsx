import * as l10n from '@vscode/l10n';
import type { EventView, ResponseView } from '../common/protocol.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useEventLogContext } from './context.ts';
import { eventName } from './EventRow.tsx';

interface ResponseTimesProps {
  readonly response: ResponseView;
  /** True if the log has only this response: the response menu, which names it, is hidden. */
  readonly alone: boolean;
}

/** Shows the latencies that are known. */
export function ResponseTimes({ response, alone }: ResponseTimesProps) {
  const { formats } = useEventLogContext();
  const { firstEvent, firstText, end } = response.latencies;
  const times = [
    [firstEvent, (time: string) => l10n.t('First event {0}', time)],
    [firstText, (time: string) => l10n.t('First text {0}', time)],
    [end, (time: string) => l10n.t('End {0}', time)],
  ] as const;
  return (
    <ul className="facts-line latencies">
      {alone && <li className="code">{response.command}</li>}
      {alone && (
        <li>
          <time dateTime={new Date(response.startedAt).toISOString()} title={formats.full(response.startedAt)}>
            {formats.clock(response.startedAt)}
          </time>
        </li>
      )}
      {times.map(([at, label], index) => at !== null && <li key={index}>{label(formats.seconds(at))}</li>)}
    </ul>
  );
}

interface EndProps {
  readonly response: ResponseView;
  readonly events: readonly EventView[];
  readonly isReplay: boolean;
  readonly onShow: (index: number) => void;
}

/** Shows how the response ended and, if it failed, the reason and the last valid event. */
export function ResponseEndLine({ response, events, isReplay, onShow }: EndProps) {
  const { formats } = useEventLogContext();
  const { end, droppedCount: unkept, withoutJson } = response;
  const how = end?.kind ?? (isReplay ? 'unknown' : 'running');
  const [icon, text] = {
    running: ['sync', l10n.t('The response is still streaming.')],
    unknown: ['question', l10n.t('The log has no end entry.')],
    closed: ['pass', l10n.t('The server closed the stream.')],
    stopped: ['debug-stop', l10n.t('The stream was stopped in the editor.')],
    failed: ['error', l10n.t('The stream failed.')],
  }[how] as [string, string];
  return (
    <div className={`response-end ${how}`}>
      <Icon name={icon} />
      <div>
        <p>
          {text} {end?.reason}
        </p>
        {how === 'failed' && <LastValidEvent response={response} events={events} onShow={onShow} />}
        {(end?.rules ?? []).map(({ id, title }) => (
          <p key={id}>
            <Icon name="warning" /> <span className="code">{id}</span> {title}
          </p>
        ))}
        {unkept > 0 && (
          <p className="quiet">
            {l10n.t('The log is full: {0} later events were counted but not saved.', formats.number(unkept))}
          </p>
        )}
        {withoutJson > 0 && (
          <p className="quiet">
            {l10n.t('The JSON of the first {0} events was discarded to save memory.', formats.number(withoutJson))}
          </p>
        )}
      </div>
    </div>
  );
}

function LastValidEvent({ response, events, onShow }: Omit<EndProps, 'isReplay'>) {
  const { formats } = useEventLogContext();
  if (response.lastValid < 0) return <p>{l10n.t('No valid events received.')}</p>;
  const event = events[response.lastValid];
  if (event === undefined) return null;
  const name = eventName(event, l10n.t('Invalid event'));
  return (
    <p>
      <VsButton look="link" onClick={() => onShow(response.lastValid)}>
        {l10n.t(
          'Last valid event: {0}, {1}, {2}',
          formats.number(response.lastValid + 1),
          name,
          formats.seconds(event.at),
        )}
      </VsButton>
    </p>
  );
}
