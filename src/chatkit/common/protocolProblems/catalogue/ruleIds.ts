/**
 * Names and ids of all protocol rules. Code uses the names; settings, reports and documents use the ids.
 * The texts are in `catalogue/`, so that a reader that only reports does not load them.
 */
export const ruleIds = {
  successWithError: 'CK101',
  dataNull: 'CK102',
  otherCommandShape: 'CK103',
  wrappedResponse: 'CK104',
  unsupportedCommand: 'CK105',
  metadataRequired: 'CK106',
  invalidJson: 'CK107',
  truncatedResponse: 'CK108',
  htmlResponse: 'CK109',
  emptyResponse: 'CK110',
  invalidCommandAccepted: 'CK111',
  unknownThreadAccepted: 'CK112',
  commandFails: 'CK113',

  jsonContentType: 'CK121',
  streamContentType: 'CK122',
  jsonInsteadOfStream: 'CK123',
  redirectedPost: 'CK124',
  redirectLosesPost: 'CK125',
  redirectedToOtherOrigin: 'CK126',
  compressedStream: 'CK127',
  bufferedStream: 'CK128',
  preflightRefused: 'CK129',
  originNotAllowed: 'CK130',
  addressWithoutVersion: 'CK131',
  otherCharset: 'CK132',

  orderIgnored: 'CK201',
  limitIgnored: 'CK202',
  afterIgnored: 'CK203',
  hasMoreWithoutCursor: 'CK204',
  numericCursor: 'CK205',
  repeatedCursor: 'CK206',
  repeatedElements: 'CK207',
  pageShape: 'CK208',
  missingHasMore: 'CK209',
  hasMoreNotBoolean: 'CK210',
  emptyPageLoop: 'CK211',
  timesOutOfOrder: 'CK212',
  listedThreadHasItems: 'CK213',
  firstItemsOrder: 'CK214',
  missingFirstItems: 'CK215',
  listEnvelope: 'CK216',

  missingId: 'CK301',
  numericId: 'CK302',
  repeatedId: 'CK303',
  placeholderId: 'CK304',
  idChangedBeforeDone: 'CK305',
  idReused: 'CK306',
  storedIdDiffers: 'CK307',
  otherThreadId: 'CK308',
  missingThreadId: 'CK309',

  timeAssumedUtc: 'CK351',
  timeZoneInferred: 'CK352',
  futureTime: 'CK353',
  zoneForm: 'CK354',
  zoneAndZ: 'CK355',
  textTime: 'CK356',
  secondsTime: 'CK357',
  millisecondsTime: 'CK358',
  numericTextTime: 'CK359',
  isoTimeInRest: 'CK360',
  missingTime: 'CK361',
  unreadableTime: 'CK362',

  missingStatus: 'CK401',
  statusAsText: 'CK402',
  unknownStatus: 'CK403',
  titleNotText: 'CK404',
  threadMetadata: 'CK405',
  imageDomainsShape: 'CK406',
  invalidElement: 'CK407',
  missingItemType: 'CK408',
  unknownItemType: 'CK409',
  prefixedType: 'CK410',
  missingField: 'CK411',
  wrongFieldType: 'CK412',
  fieldNameCase: 'CK413',
  flatItem: 'CK414',
  otherFieldName: 'CK415',
  valueForm: 'CK416',

  contentAsText: 'CK421',
  unknownContentPart: 'CK422',
  quotedTextPart: 'CK423',
  invalidAnnotation: 'CK424',
  unknownTaskType: 'CK425',
  unknownTaskStatus: 'CK426',
  workflowSummary: 'CK427',
  leakedHiddenItem: 'CK428',
  attachmentMetadata: 'CK429',

  missingThreadCreated: 'CK501',
  threadCreatedLate: 'CK502',
  unexpectedThreadCreated: 'CK503',
  missingEcho: 'CK504',
  echoLate: 'CK505',
  itemNotDone: 'CK506',
  doneWithoutItem: 'CK507',
  updateWithoutItem: 'CK508',
  updateAfterDone: 'CK509',
  repeatedAdded: 'CK510',
  repeatedDone: 'CK511',
  emptyStream: 'CK512',
  missingStreamOptions: 'CK513',
  streamOptionsLate: 'CK514',
  threadEventWithItems: 'CK515',
  eventAfterEnd: 'CK516',
  interruptedStream: 'CK517',
  doneWithoutText: 'CK518',
  finalTextDiffers: 'CK519',

  eventWithoutType: 'CK531',
  unknownEvent: 'CK532',
  invalidEvent: 'CK533',
  topLevelUpdate: 'CK534',
  unknownUpdate: 'CK535',
  invalidUpdate: 'CK536',
  updateOfOtherKind: 'CK537',
  wrappedEvent: 'CK538',
  eventNameForm: 'CK539',
  foreignText: 'CK540',

  typeInEventField: 'CK601',
  eventField: 'CK602',
  idField: 'CK603',
  doneMarker: 'CK604',
  pingData: 'CK605',
  invalidJsonEvent: 'CK606',
  unterminatedEvent: 'CK607',
  multilineData: 'CK608',
  ndjson: 'CK609',
  lineWithoutField: 'CK610',
  doubleEncodedEvent: 'CK611',
  arrayOfEvents: 'CK612',
  framedTwice: 'CK613',

  foreignErrorEvent: 'CK651',
  nestedError: 'CK652',
  numericErrorCode: 'CK653',
  untypedError: 'CK654',
  errorWithoutMessage: 'CK655',
  errorWithoutRetry: 'CK656',
  detailObject: 'CK657',
  htmlError: 'CK658',
  errorEnvelope: 'CK659',

  deleteNotConfirmed: 'CK701',
  deletedStillListed: 'CK702',
  renameReply: 'CK703',
  renameIgnored: 'CK704',
  nonEmptyReply: 'CK705',
  threadNotStored: 'CK706',
  itemNotStored: 'CK707',
  retryKeptItems: 'CK708',
  removedWithoutEvent: 'CK709',

  uploadTargetMissing: 'CK751',
  uploadUrlInvalid: 'CK752',
  uploadUrlOldForm: 'CK753',
  uploadMethodCase: 'CK754',
  uploadMethodUnknown: 'CK755',
  uploadHeaderValue: 'CK756',
  uploadRefused: 'CK757',
  directUploadReply: 'CK758',
  imageWithoutPreview: 'CK759',
  attachmentType: 'CK760',
  camelCaseAttachment: 'CK761',

  toolArgumentsText: 'CK801',
  toolStatus: 'CK802',
  toolCallLeftBehind: 'CK803',
  toolCallNotLast: 'CK804',
  severalPendingToolCalls: 'CK805',
  toolOutputNotStored: 'CK806',
  formStatus: 'CK811',
  formInputType: 'CK812',
  formOptions: 'CK813',
  repeatedInputId: 'CK814',
  formNotReplaced: 'CK815',

  allowCancelShape: 'CK851',
  stopOnlyDetaches: 'CK852',
  busyAfterStop: 'CK853',
  partialNotStored: 'CK854',

  widgetAsText: 'CK901',
  widgetTextNotJson: 'CK902',
  doubleEncodedJson: 'CK903',
  widgetRoot: 'CK904',
  widgetTypeCase: 'CK905',
  unknownComponent: 'CK906',
  componentWithoutType: 'CK907',
  missingProp: 'CK908',
  invalidProp: 'CK909',
  misplacedComponent: 'CK910',
  nullChildren: 'CK911',
  deltaTargetMissing: 'CK912',
  deltaTargetNotText: 'CK913',
  actionWithoutType: 'CK914',
  payloadFieldConflict: 'CK915',
  imageDomain: 'CK916',
} as const;

/** How code refers to a rule. */
export type RuleName = keyof typeof ruleIds;

/** How a rule is shown and saved: `CK` and three digits. */
export type RuleId = (typeof ruleIds)[RuleName];

const all: ReadonlySet<string> = new Set(Object.values(ruleIds));

/** Whether a text, for example of a setting, is the id of a rule. */
export function isRuleId(text: string): text is RuleId {
  return all.has(text);
}

/**
 * - `error`: data is lost, wrong or cannot be read, or a client cannot continue.
 * - `warning`: the data can be read here, but other clients may fail.
 * - `info`: allowed, harmless or inferred.
 */
export type RuleSeverity = 'error' | 'warning' | 'info';

/** What the catalogue states about a rule: plain sentences in English, code in backquotes. */
export interface RuleText {
  readonly title: string;
  readonly severity: RuleSeverity;
  /** Section of the ChatKit API reference: `5.4`, `C.1`. */
  readonly reference: string;
  /** What the protocol requires and what the deviation means for a client. */
  readonly explanation: string;
  /** The usual cause. */
  readonly cause: string;
  readonly fix: {
    /** For a server that uses `chatkit-python`. */
    readonly python: string;
    /** For a server in Node. */
    readonly node: string;
  };
}

/** One area of the catalogue, such as paging. */
export interface RuleArea {
  readonly title: string;
  readonly rules: Readonly<Partial<Record<RuleName, RuleText>>>;
}

export interface ProtocolRule extends RuleText {
  readonly id: RuleId;
  readonly name: RuleName;
  /** Title of its area. */
  readonly area: string;
}
