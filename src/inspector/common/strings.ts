import type { WidgetProblemCode } from '../../widgets/common/problems.ts';
import type { WidgetStrings } from '../../widgets/common/strings.ts';
import type { EventLogStrings } from '../../eventLog/common/strings.ts';
import type { TalkStrings } from '../../conversation/common/talkStrings.ts';

/**
 * Every text of the inspector's page. The host fills it with `vscode.l10n.t`, so that none can be forgotten. `{0}`, `{1}`
 * stand for values that the page puts in.
 */
export interface InspectorStrings {
  readonly loading: string;

  // Header
  readonly refresh: string;
  readonly follow: string;
  readonly followLive: string;
  readonly followPaused: string;
  /** {0} seconds. */
  readonly followRetrying: string;
  readonly moreActions: string;
  readonly statusActive: string;
  readonly statusLocked: string;
  readonly statusClosed: string;
  readonly copyThreadId: string;
  readonly oneItem: string;
  /** {0} items. */
  readonly items: string;
  /** {0} items, of which not all are loaded. */
  readonly itemsLoaded: string;
  /** {0} time. */
  readonly asOf: string;
  readonly readOnly: string;
  readonly keepOpen: string;
  readonly openAsJson: string;
  readonly openAsTranscript: string;
  readonly copyId: string;
  readonly copyLink: string;
  readonly copyCurl: string;
  readonly deleteThread: string;
  readonly deleted: string;
  /** {0} tool name. */
  readonly waitingForTool: string;
  readonly waitingForForm: string;
  readonly waitingForAnswer: string;
  readonly showDetails: string;
  readonly hideDetails: string;

  // Toolbar
  readonly findInThread: string;
  /** {0} of {1} matches. */
  readonly findCount: string;
  readonly findNone: string;
  /** {0} items searched. */
  readonly findCovers: string;
  readonly findNext: string;
  readonly findPrevious: string;
  readonly filterByKind: string;
  readonly allKinds: string;
  /** {0} of {1} kinds. */
  readonly someKinds: string;
  readonly showAllKinds: string;
  readonly jumpToStart: string;
  readonly jumpToLatest: string;

  // Transcript
  readonly transcript: string;
  readonly emptyThread: string;
  /** What the map beside the scroll bar shows. */
  readonly map: string;
  readonly emptyFilter: string;
  readonly threadStart: string;
  readonly loadOlder: string;
  readonly loadNewer: string;
  /** {0} and {1}: times between which nothing is loaded. */
  readonly gap: string;
  readonly gapUntimed: string;
  readonly gapLoadNext: string;
  readonly gapLoadPrevious: string;
  readonly gapLoadAll: string;
  /** {0} items loaded so far. */
  readonly loadingAll: string;
  readonly stop: string;
  readonly retry: string;
  /** {0} number, {1} duration, {2} items. */
  readonly turn: string;
  /** {0} duration, {1} items. */
  readonly turnWithoutNumber: string;
  readonly turnOpen: string;
  readonly sameTime: string;
  readonly duplicateId: string;
  /** The server repeats itself, so nothing more can be asked for. */
  readonly stoppedLoading: string;
  readonly noTime: string;
  readonly newItems: string;

  // Items
  readonly kindUserMessage: string;
  readonly kindAssistantMessage: string;
  readonly kindWidget: string;
  readonly kindToolCall: string;
  readonly kindTask: string;
  readonly kindTaskGroup: string;
  readonly kindWorkflow: string;
  readonly kindImage: string;
  readonly kindInput: string;
  readonly kindUnknown: string;
  readonly showJson: string;
  readonly hideJson: string;
  readonly copy: string;
  readonly copyText: string;
  readonly copyMarkdown: string;
  readonly copyJson: string;
  readonly copied: string;
  readonly itemActions: string;
  readonly openInEditor: string;
  readonly clipped: string;
  readonly emptyMessage: string;
  readonly quote: string;
  readonly attachments: string;
  readonly show: string;
  readonly showImage: string;
  readonly imageFailed: string;
  readonly imagesOff: string;
  /** {0} host. */
  readonly imageFrom: string;
  readonly model: string;
  readonly toolChoice: string;
  readonly sources: string;
  readonly toolOpen: string;
  /** {0} duration. */
  readonly toolOpenFor: string;
  readonly toolCompleted: string;
  readonly arguments: string;
  readonly output: string;
  readonly noOutput: string;
  readonly absent: string;
  readonly notJson: string;
  readonly doubleEncoded: string;
  readonly thought: string;
  readonly taskCustom: string;
  readonly taskWebSearch: string;
  readonly taskFile: string;
  readonly taskImage: string;
  readonly taskDone: string;
  readonly taskLoading: string;
  readonly taskDoneInferred: string;
  readonly taskLastInferred: string;
  readonly workflowOpen: string;
  /** {0} duration. */
  readonly workflowTook: string;
  readonly oneTask: string;
  /** {0} tasks. */
  readonly tasks: string;
  readonly rendered: string;
  readonly json: string;
  /** {0} problems. */
  readonly problems: string;
  readonly noProblems: string;
  readonly widgetInvalid: string;
  readonly widgetTooLarge: string;
  /** The code that draws it did not come, or failed. */
  readonly widgetNotDrawn: string;
  readonly imagePending: string;
  readonly inputPending: string;
  /** {0} duration. */
  readonly inputPendingFor: string;
  readonly inputAnswered: string;
  readonly inputSkipped: string;
  readonly noAnswer: string;
  readonly unknownType: string;
  readonly unreadable: string;

  // Acting on the thread
  readonly renameThread: string;
  readonly threadLocked: string;
  readonly threadClosed: string;
  readonly feedbackGood: string;
  readonly feedbackBad: string;
  readonly feedbackSent: string;
  /** {0} sources. */
  readonly sourcesCount: string;
  /** {0} number, {1} titles. */
  readonly footnote: string;
  readonly workflowReasoning: string;
  readonly taskNoProgress: string;
  readonly answerWith: string;
  readonly lastOutput: string;
  readonly sendOutput: string;
  readonly sending: string;
  readonly jsonMissing: string;
  readonly sendAnswers: string;
  readonly skipAll: string;
  readonly skipField: string;
  readonly answerOrSkip: string;
  readonly actionBlocked: string;
  readonly actionUnknown: string;

  // Exported files
  /** {0} time. */
  readonly fileExported: string;
  readonly fileRedacted: string;
  readonly fileOneThread: string;
  /** {0} threads. */
  readonly fileThreads: string;
  readonly fileList: string;
  readonly fileSearch: string;
  /** {0} of {1} threads. */
  readonly fileFound: string;
  readonly fileEmpty: string;
  /** {0} threads. */
  readonly fileAllThreads: string;
  readonly fileDamaged: string;
  readonly fileUnchanged: string;
  readonly fileReopenAsText: string;

  // JSON
  readonly collapse: string;
  readonly expand: string;
  readonly jsonClipped: string;
  /** {0} more entries. */
  readonly jsonMore: string;
  readonly jsonEntries: string;

  // Event log
  readonly log: EventLogStrings;

  // Talking
  readonly talk: TalkStrings;

  // Widgets
  readonly widget: WidgetStrings;
  readonly widgetProblems: Readonly<Record<WidgetProblemCode, string>>;
}

/** The texts of a JSON tree. */
export type JsonStrings = Pick<InspectorStrings, 'collapse' | 'expand' | 'jsonMore' | 'jsonEntries'>;
