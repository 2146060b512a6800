import * as l10n from '@vscode/l10n';
import { SourceError, emptyStream } from '../../common/errors.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../common/protocolProblems/problem.ts';
import { excerptOf, looksLikeHtml, responseLines } from '../../common/responses/errorBody.ts';
import { isEventStreamType } from '../../common/responses/mediaTypes.ts';
import { type ReceivedEvent, notJson } from '../../common/stream/events.ts';
import type { StrayLine, StreamFrame } from '../../common/streamEvents/frameReader.ts';
import type { StreamReader } from '../../common/streamEvents/streamReader.ts';
import type { OpenStream } from './client.ts';

/** Maximum number of lines without a field that an error quotes. */
const maxStrayLines = 5;

interface FailureOptions extends Pick<OpenStream, 'details' | 'redact'> {
  readonly report: ReportHere;
}

/** Collects the parts of a response that are not events, and explains its failure at the end with one error. */
export class StreamFailures {
  readonly #headers: Readonly<Record<string, string>>;
  readonly #options: FailureOptions;
  readonly #stray: StrayLine[] = [];
  readonly #trailing = new TrailingText();
  /** Number of events that are no JSON, and the first of them. */
  #unreadable = 0;
  #firstUnreadable = '';
  /** The first event that is none of the protocol, and whether there was one of the protocol. */
  #firstUnknown = '';
  #hasKnown = false;
  #isRefused = false;

  constructor(headers: Readonly<Record<string, string>>, options: FailureOptions) {
    this.#headers = headers;
    this.#options = options;
  }

  /** The response was not a stream of events. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Adds a line that belongs to no event. */
  addStrayLine(line: StrayLine): void {
    if (line.text.trim() === '') return;
    this.#options.report(ruleIds.lineWithoutField, {}, line.text);
    if (this.#stray.length < maxStrayLines) this.#stray.push(line);
    this.#trailing.add(line);
  }

  /** Adds a frame with the events that were read from it. */
  addFrame({ line, data }: StreamFrame, events: readonly Pick<ReceivedEvent, 'event' | 'raw'>[]): void {
    if (events.some(({ event }) => event.type !== 'unknown')) this.#hasKnown = true;
    else if (this.#firstUnknown === '' && events.length > 0) this.#firstUnknown = data;
    if (events.some(({ event }) => event.type === 'unknown' && event.problem === notJson)) {
      this.#trailing.add({ line, text: data });
      if (this.#unreadable === 0) this.#firstUnreadable = data;
      this.#unreadable += 1;
    } else if (events.some(({ raw }) => typeof raw === 'string')) this.#trailing.add({ line, text: data });
    else if (events.length > 0) this.#trailing.markEvent(line);
  }

  /** Returns the error for a response that is not a stream of events, by its start, and reports what it violates. */
  unexpected(text: string): SourceError {
    const { details, redact, report } = this.#options;
    const what = this.#headers['content-type']?.split(';')[0] ?? 'something else';
    const isStream = isEventStreamType(this.#headers);
    const message = isStream
      ? l10n.t('The stream of the server contains no event that can be read.')
      : l10n.t('The server returned {0} where a stream of events was expected.', what);
    this.#isRefused = true;
    const isJson = /^\uFEFF?\s*[{[]/.test(text);
    if (looksLikeHtml(text)) report(ruleIds.htmlResponse, {}, text);
    else if (isStream) report(ruleIds.emptyStream, {}, text);
    else if (!isJson) report(ruleIds.streamContentType, { field: 'content-type' }, what);
    return new SourceError('invalidResponse', message, { ...details, excerpt: redact(excerptOf(text)) });
  }

  /** Returns the error of a response that ended; null where it is complete, or where only its order is wrong. */
  errorAtEnd({ count, isComplete }: Pick<StreamReader, 'count' | 'isComplete'>): SourceError | null {
    const { details, redact } = this.#options;
    const failure = this.#trailing.failure();
    if (count > 0 && failure !== null && !(isComplete && !isCrash(failure))) {
      const message = redact(excerptOf(failure));
      return new SourceError(
        'server',
        l10n.t('The server ended the stream with a text that is not an event: {0}', message),
        {
          ...details,
          excerpt: redact(responseLines(failure)),
          nextStep: 'retry',
        },
      );
    }
    if (count > this.#unreadable && this.#hasKnown) return null;
    if (this.#unreadable > 0) return this.unexpected(this.#firstUnreadable);
    if (count > 0) return this.unexpected(this.#firstUnknown);
    if (this.#stray.length > 0) return this.unexpected(this.#stray.map(({ text }) => text).join(' '));
    return new SourceError('invalidResponse', l10n.t('The server ended the stream without any event.'), {
      ...details,
      code: emptyStream,
      nextStep: 'retry',
    });
  }
}

/** Words of the text of an exception or of an error page. */
const failureWords =
  /\b(?:\w*error|\w*exception|traceback|fatal|panic|failed|failure|denied|refused|timed? ?out|time-?out|bad gateway|(?:service |temporarily )unavailable)\b/i;
/** A server that fails after its answer; a line of a log can contain any word. */
const crashWords = /\btraceback \(most recent call|\binternal server error\b|\bunhandled\b|^\s+at \S+ \(.*:\d+:\d+\)/im;
const maxTrailingLines = 200;

function isCrash(text: string): boolean {
  return crashWords.test(text);
}

/** Text after the last event of a stream: a server that fails in the middle of a response writes its reason there. */
class TrailingText {
  readonly #lines: StrayLine[] = [];
  #lastEvent = 0;

  add(line: StrayLine): void {
    if (this.#lines.length >= maxTrailingLines) this.#lines.shift();
    this.#lines.push(line);
  }

  /** An event starts at a line. */
  markEvent(line: number): void {
    this.#lastEvent = Math.max(this.#lastEvent, line);
  }

  /** The text, if it is one of a failure; else null. */
  failure(): string | null {
    const after = this.#lines.filter(({ line }) => line > this.#lastEvent);
    const text = after.map(({ text: line }) => line).join('\n');
    return failureWords.test(text) ? text : null;
  }
}
