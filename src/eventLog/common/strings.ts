/** The page's texts about the event log. `{0}`, `{1}` stand for values that the page puts in. */
export interface EventLogStrings {
  readonly panels: string;
  /** {0} events. */
  readonly eventLog: string;
  /** {0} number of the run, {1} command, {2} time. */
  readonly run: string;
  readonly chooseRun: string;
  readonly filterEvents: string;
  /** {0} of {1} events. */
  readonly eventCount: string;
  readonly noEvents: string;
  readonly noEventsYet: string;
  /** {0} item id. */
  readonly onlyItem: string;
  readonly allItems: string;
  readonly saveEventLog: string;
  /** {0} duration. */
  readonly firstEvent: string;
  readonly firstText: string;
  readonly runTook: string;
  readonly runRunning: string;
  readonly runClosed: string;
  readonly runStopped: string;
  readonly runFailed: string;
  /** The log of a saved run without its end. */
  readonly runUnknownEnd: string;
  /** {0} number, {1} type, {2} time. */
  readonly lastGoodEvent: string;
  readonly noGoodEvent: string;
  /** {0} events. */
  readonly eventsUnkept: string;
  readonly eventsWithoutJson: string;
  readonly eventTime: string;
  readonly eventType: string;
  readonly eventText: string;
  readonly itemColumn: string;
  readonly eventSize: string;
  /** {0} number, {1} type. */
  readonly showEventJson: string;
  readonly hideEventJson: string;
  readonly noEventJson: string;
  /** {0} item id. */
  readonly showItem: string;
  readonly showEvents: string;
  readonly notAnEvent: string;
  readonly replay: string;
  readonly play: string;
  readonly pause: string;
  readonly step: string;
  readonly restart: string;
  readonly playRest: string;
  /** {0} factor. */
  readonly speed: string;
  /** {0} of {1} events. */
  readonly replayed: string;
}
