import * as l10n from '@vscode/l10n';
import type { EventView, ResponseView } from '../common/protocol.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useEventLogContext } from './context.ts';
import { eventName } from './names.ts';

interface ResponseTimesProps {
  readonly run: ResponseView;
  /** There is no other run to choose, so nothing else says which this is. */
  readonly alone: boolean;
}

/** When the first of what matters came; what has not come is left out. */
export function ResponseTimes({ run, alone }: ResponseTimesProps) {
  const { formats } = useEventLogContext();
  const { firstEvent, firstText, end } = run.marks;
  const marks = [
    [firstEvent, (time: string) => l10n.t('First event {0}', time)],
    [firstText, (time: string) => l10n.t('First text {0}', time)],
    [end, (time: string) => l10n.t('End {0}', time)],
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
      {marks.map(([at, label], index) => at !== null && <li key={index}>{label(formats.milliseconds(at))}</li>)}
    </ul>
  );
}

interface EndProps {
  readonly run: ResponseView;
  readonly events: readonly EventView[];
  readonly isReplay: boolean;
  readonly onShow: (index: number) => void;
}

/** How the run ended. Of one that broke: the reason, and the last event that was good. */
export function ResponseEndLine({ run, events, isReplay, onShow }: EndProps) {
  const { formats } = useEventLogContext();
  const { end, unkept, withoutJson } = run;
  const how = end?.how ?? (isReplay ? 'unknown' : 'running');
  const [icon, text] = {
    running: ['sync', l10n.t('The response is still streaming.')],
    unknown: ['question', l10n.t('The log was saved without an end.')],
    closed: ['pass', l10n.t('The server ended the stream.')],
    stopped: ['debug-stop', l10n.t('The stream was stopped here.')],
    failed: ['error', l10n.t('The stream broke.')],
  }[how] as [string, string];
  return (
    <div className={`run-end ${how}`}>
      <Icon name={icon} />
      <div>
        <p>
          {text} {end?.reason}
        </p>
        {how === 'failed' && <LastValidEvent run={run} events={events} onShow={onShow} />}
        {unkept > 0 && (
          <p className="quiet">
            {l10n.t('The log was full: {0} later events were counted and not kept.', formats.number(unkept))}
          </p>
        )}
        {withoutJson > 0 && (
          <p className="quiet">
            {l10n.t('The JSON of the first {0} events made room for later ones.', formats.number(withoutJson))}
          </p>
        )}
      </div>
    </div>
  );
}

function LastValidEvent({ run, events, onShow }: Omit<EndProps, 'isReplay'>) {
  const { formats } = useEventLogContext();
  if (run.lastValid < 0) return <p>{l10n.t('There was no good event.')}</p>;
  const event = events[run.lastValid];
  if (event === undefined) return null;
  const name = eventName(event, l10n.t('not an event'));
  return (
    <p>
      <VsButton look="link" onClick={() => onShow(run.lastValid)}>
        {l10n.t(
          'Last good event: {0}, {1}, +{2}',
          formats.number(run.lastValid + 1),
          name,
          formats.milliseconds(event.at),
        )}
      </VsButton>
    </p>
  );
}
