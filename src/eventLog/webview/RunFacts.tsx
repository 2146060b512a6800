import type { EventView, RunView } from '../common/protocol.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useInspector } from '../../inspector/webview/context.tsx';
import { fill } from '../../base/webview/format.ts';
import { eventName } from './names.ts';

interface MarksProps {
  readonly run: RunView;
  /** There is no other run to choose, so nothing else says which this is. */
  readonly alone: boolean;
}

/** When the first of what matters came; what has not come is left out. */
export function Marks({ run, alone }: MarksProps) {
  const { strings, formats } = useInspector();
  const { firstEvent, firstText, end } = run.marks;
  const marks = [
    [strings.log.firstEvent, firstEvent],
    [strings.log.firstText, firstText],
    [strings.log.runTook, end],
  ] as const;
  return (
    <ul className="facts-line marks">
      {alone && <li className="code">{run.command}</li>}
      {alone && (
        <li>
          <time dateTime={new Date(run.startedAt).toISOString()} title={formats.full(run.startedAt)}>
            {formats.clock(run.startedAt)}
          </time>
        </li>
      )}
      {marks.map(([text, at]) => at !== null && <li key={text}>{fill(text, formats.milliseconds(at))}</li>)}
    </ul>
  );
}

interface EndProps {
  readonly run: RunView;
  readonly events: readonly EventView[];
  readonly isReplay: boolean;
  readonly onShow: (index: number) => void;
}

/** How the run ended. Of one that broke: the reason, and the last event that was good. */
export function RunEndLine({ run, events, isReplay, onShow }: EndProps) {
  const { strings, formats } = useInspector();
  const { end, unkept, withoutJson } = run;
  const how = end?.how ?? (isReplay ? 'unknown' : 'running');
  const [icon, text] = {
    running: ['sync', strings.log.runRunning],
    unknown: ['question', strings.log.runUnknownEnd],
    closed: ['pass', strings.log.runClosed],
    stopped: ['debug-stop', strings.log.runStopped],
    failed: ['error', strings.log.runFailed],
  }[how] as [string, string];
  return (
    <div className={`run-end ${how}`}>
      <Icon name={icon} />
      <div>
        <p>
          {text} {end?.reason}
        </p>
        {how === 'failed' && <LastGood run={run} events={events} onShow={onShow} />}
        {unkept > 0 && <p className="quiet">{fill(strings.log.eventsUnkept, formats.number(unkept))}</p>}
        {withoutJson > 0 && <p className="quiet">{fill(strings.log.eventsWithoutJson, formats.number(withoutJson))}</p>}
      </div>
    </div>
  );
}

function LastGood({ run, events, onShow }: Omit<EndProps, 'isReplay'>) {
  const { strings, formats } = useInspector();
  if (run.lastGood < 0) return <p>{strings.log.noGoodEvent}</p>;
  const event = events[run.lastGood];
  if (event === undefined) return null;
  const name = eventName(event, strings.log.notAnEvent);
  return (
    <p>
      <VsButton look="link" onClick={() => onShow(run.lastGood)}>
        {fill(strings.log.lastGoodEvent, formats.number(run.lastGood + 1), name, formats.milliseconds(event.at))}
      </VsButton>
    </p>
  );
}
