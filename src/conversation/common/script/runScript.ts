import * as l10n from '@vscode/l10n';
import { toSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import {
  type ConversationApi,
  type StreamCommand,
  messageCommand,
} from '../../../chatkit/common/stream/conversationApi.ts';
import type { ThreadSource } from '../../../chatkit/common/threadSource.ts';
import { Deadline, type EventBudget, ResponseCollector } from './responseCollector.ts';
import { checkResponse } from './checkResponse.ts';
import { answeredItems, formCommand, inputOf, retryCommand, selectAction, toolCommand } from './commands.ts';
import { ConversationState, answeredItem, tooManyItems } from './conversationState.ts';
import {
  type RunScriptOptions,
  ScriptError,
  type ScriptFile,
  type ScriptLimits,
  type ScriptResult,
  type ScriptStep,
  type StepResult,
} from './types.ts';

const defaultLimits: ScriptLimits = { events: 50_000, eventBytes: 32 * 1024 * 1024, items: 20_000 };
const defaultStepTimeoutMs = 120_000;

/**
 * Runs the steps of a user against a source, one after the other, and records the result of each. Never rejects: a step
 * that cannot be done ends the script, and `failure` describes why. Nothing is deleted or sent twice.
 */
export async function runScript(
  source: ThreadSource,
  steps: readonly ScriptStep[],
  options: RunScriptOptions,
): Promise<ScriptResult> {
  return new ScriptRunner(source, options).run(steps);
}

/** Reads thread and items as the server has stored them. Throws `SourceError`. */
export async function readThread(
  source: ThreadSource,
  threadId: string,
  signal: AbortSignal,
  maxItems = defaultLimits.items,
): Promise<Pick<ScriptResult, 'thread' | 'items'>> {
  const state = new ConversationState(threadId);
  await state.read(source, maxItems, signal);
  return { thread: state.thread, items: state.items };
}

class ScriptRunner {
  readonly #source: ThreadSource;
  readonly #options: RunScriptOptions;
  readonly #limits: ScriptLimits;
  readonly #budget: EventBudget;
  readonly #state: ConversationState;
  readonly #startedAt: number;

  constructor(source: ThreadSource, options: RunScriptOptions) {
    this.#source = source;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#budget = { events: this.#limits.events, bytes: this.#limits.eventBytes };
    this.#state = new ConversationState(options.threadId ?? null);
    this.#startedAt = options.clock.now();
  }

  async run(steps: readonly ScriptStep[]): Promise<ScriptResult> {
    const results: StepResult[] = [];
    let failure: ScriptResult['failure'] = null;
    for (const [index, step] of steps.entries()) {
      const { result, error } = await this.#step(index, step);
      results.push(result);
      this.#options.onStepEnd?.(result);
      if (error !== null) {
        failure = { step: index, error };
        break;
      }
    }
    return {
      threadId: this.#state.threadId,
      thread: this.#state.thread,
      items: [...this.#state.items],
      steps: results,
      problems: results.flatMap(({ problems }) => problems),
      failure,
      durationMs: this.#options.clock.now() - this.#startedAt,
    };
  }

  async #step(index: number, step: ScriptStep): Promise<{ result: StepResult; error: ScriptError | null }> {
    const { clock, stepTimeoutMs = defaultStepTimeoutMs, timeoutMs, signal } = this.#options;
    const startedAt = clock.now();
    const rest = timeoutMs === undefined ? undefined : timeoutMs - (startedAt - this.#startedAt);
    const deadline = new Deadline(signal, clock, [
      { ms: stepTimeoutMs + (step.type === 'wait' ? step.ms : 0), what: l10n.t('Step {0}', index + 1) },
      ...(rest === undefined ? [] : [{ ms: rest, what: l10n.t('The script') }]),
    ]);
    this.#options.onStepStart?.(index, step);
    const run = new StepRun();
    let error: ScriptError | null = null;
    try {
      deadline.signal.throwIfAborted();
      if (index === 0 && this.#options.threadId !== undefined) {
        await deadline.race(this.#state.read(this.#source, this.#limits.items, deadline.signal));
      }
      await this.#perform(index, step, deadline, run);
    } catch (thrown) {
      error = deadline.error ?? (thrown instanceof ScriptError ? thrown : fromSource(thrown));
    } finally {
      deadline.dispose();
    }
    const { collector } = run;
    if (error === null && collector?.error != null && this.#options.mayFail?.(index) !== true) {
      error = fromSource(collector.error);
    }
    if (error === null && this.#state.items.length > this.#limits.items) {
      error = fromSource(tooManyItems(this.#limits.items));
    }
    return { result: this.#resultOf(index, step, startedAt, run), error };
  }

  async #perform(index: number, step: ScriptStep, deadline: Deadline, run: StepRun): Promise<void> {
    switch (step.type) {
      case 'say': {
        const attachments = await this.#upload(step.files, deadline);
        return this.#respond(index, messageCommand(this.#state.threadId, inputOf(step, attachments)), deadline, run);
      }
      case 'answerTool':
        return this.#respond(index, toolCommand(this.#threadId, this.#state.items, step), deadline, run);
      case 'answerForm': {
        this.#need(this.#source.capabilities.answerForms, l10n.t('This connection cannot answer forms.'));
        return this.#respond(index, formCommand(this.#threadId, this.#state.items, step.answers), deadline, run);
      }
      case 'retry':
        this.#need(this.#source.capabilities.retry, l10n.t('This connection cannot retry a response.'));
        return this.#respond(index, retryCommand(this.#threadId, this.#state.items, step.text), deadline, run);
      case 'act':
        return this.#act(index, step, deadline, run);
      case 'rename': {
        const { renameThread } = this.#source;
        if (renameThread === undefined) return this.#need(false, l10n.t('This connection cannot rename a thread.'));
        const thread = renameThread.call(this.#source, this.#threadId, step.title, deadline.signal);
        this.#state.thread = await deadline.race(thread);
        return;
      }
      case 'feedback': {
        this.#need(this.#source.capabilities.feedback, l10n.t('This connection cannot take feedback.'));
        const ids = answeredItems(this.#state.items);
        if (ids.length === 0) throw new ScriptError('notFound', l10n.t('There is no response to give feedback on.'));
        await deadline.race(this.#api.sendFeedback(this.#threadId, ids, step.kind, deadline.signal));
        return;
      }
      case 'wait': {
        let cancel = (): void => undefined;
        const waited = new Promise<void>((resolve) => {
          cancel = this.#options.clock.after(step.ms, resolve);
        });
        return deadline.race(waited).finally(() => cancel());
      }
    }
  }

  async #respond(index: number, command: StreamCommand, deadline: Deadline, run: StepRun): Promise<void> {
    const { clock, onEvents } = this.#options;
    const collector = new ResponseCollector(this.#budget, (itemId) => this.#state.known(itemId));
    run.begin(command, collector, this.#state.items);
    try {
      const report = (events: Parameters<NonNullable<typeof onEvents>>[1]): void => onEvents?.(index, events);
      await collector.run(this.#api, command, deadline, () => clock.now(), report);
    } finally {
      this.#state.merge(command, collector.state, collector.accepted);
    }
  }

  async #act(index: number, step: Extract<ScriptStep, { type: 'act' }>, deadline: Deadline, run: StepRun) {
    const { item, request } = selectAction(this.#state.items, step.target, step.values);
    const action = { threadId: this.#threadId, itemId: item.id, type: request.type, payload: request.payload };
    if (request.streaming) {
      this.#need(this.#source.capabilities.customActions, l10n.t('This connection cannot run widget actions.'));
      return this.#respond(index, { type: 'customAction', action }, deadline, run);
    }
    this.#need(
      this.#source.capabilities.syncActions,
      l10n.t('This connection cannot run widget actions without a stream.'),
    );
    const changed = await deadline.race(this.#api.syncAction(action, deadline.signal));
    if (changed === null) return;
    this.#state.put(changed);
    run.items = [changed];
  }

  async #upload(files: readonly ScriptFile[], deadline: Deadline): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const file of files) {
      const name = 'path' in file ? file.path : file.name;
      try {
        const { id } = await deadline.race(
          this.#api.upload(await this.#readFile(file, deadline), deadline.signal, this.#options.uploadUrl),
        );
        ids.push(id);
      } catch (thrown) {
        if (deadline.error !== null) throw deadline.error;
        if (thrown instanceof ScriptError) throw thrown;
        const error = toSourceError(thrown);
        throw new ScriptError('file', l10n.t('Could not send the file "{0}": {1}', name, error.message), error);
      }
    }
    return ids;
  }

  #readFile(file: ScriptFile, deadline: Deadline) {
    if (!('path' in file)) {
      const bytes = new TextEncoder().encode(file.text);
      return Promise.resolve({ name: file.name, mimeType: file.mimeType, bytes });
    }
    const { readFile } = this.#options;
    if (readFile === undefined) throw new ScriptError('file', l10n.t('Files cannot be read here: "{0}".', file.path));
    return deadline.race(readFile(file.path, deadline.signal));
  }

  get #api(): ConversationApi {
    const { conversation } = this.#source;
    if (conversation === undefined)
      throw new ScriptError('unsupported', l10n.t('This connection cannot send messages.'));
    return conversation;
  }

  get #threadId(): string {
    const { threadId } = this.#state;
    if (threadId === null) throw new ScriptError('noThread', l10n.t('There is no thread yet: send a message first.'));
    return threadId;
  }

  /** `message`: why the step cannot be done without the capability. */
  #need(capability: boolean, message: string): void {
    if (!capability) throw new ScriptError('unsupported', message);
  }

  #resultOf(index: number, step: ScriptStep, startedAt: number, run: StepRun): StepResult {
    const { clock, checkProtocol = checkResponse } = this.#options;
    const { collector, command } = run;
    const common = {
      index,
      step,
      startedAt: startedAt - this.#startedAt,
      durationMs: clock.now() - startedAt,
      thread: this.#state.thread,
    };
    if (collector === null || command === null) return { ...common, ...noResponse, items: run.items };
    const { state, events, droppedEvents, openItems, outcome, error, progress } = collector;
    return {
      ...common,
      outcome,
      command,
      events,
      droppedEvents,
      // As the script has them now, with what its own commands changed.
      items: state.items.map((item) => this.#state.known(item.id) ?? item),
      openItems,
      removedItems: [...state.removed],
      answered: answeredItem(command, run.before)?.id ?? null,
      notices: state.notices,
      progress,
      effects: state.effects,
      fault: state.fault,
      error,
      firstEventMs: collector.firstEventMs,
      firstTextMs: collector.firstTextMs,
      endMs: collector.endMs,
      problems: checkProtocol({ command, events, before: run.before }),
    };
  }
}

/** The incomplete result of a step; also read when the step fails. */
class StepRun {
  command: StreamCommand | null = null;
  collector: ResponseCollector | null = null;
  before: readonly ThreadItem[] = [];
  items: readonly ThreadItem[] = [];

  begin(command: StreamCommand, collector: ResponseCollector, before: readonly ThreadItem[]): void {
    this.command = command;
    this.collector = collector;
    this.before = [...before];
  }
}

const noResponse = {
  outcome: 'none',
  command: null,
  events: [],
  droppedEvents: 0,
  openItems: [],
  removedItems: [],
  answered: null,
  notices: [],
  progress: [],
  effects: [],
  fault: null,
  error: null,
  firstEventMs: null,
  firstTextMs: null,
  endMs: null,
  problems: [],
} as const satisfies Partial<StepResult>;

function fromSource(thrown: unknown): ScriptError {
  const error = toSourceError(thrown);
  return new ScriptError(error.kind === 'cancelled' ? 'cancelled' : 'source', error.message, error);
}
