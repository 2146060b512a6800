import { setTimeout as sleepFor } from 'node:timers/promises';
import { secretRedactor } from '../../base/common/redact.ts';
import { withPlainUrls } from '../../base/common/plainUrl.ts';
import type { Connection, CredentialProvider } from '../../chatkit/common/connection.ts';
import { readOnlyError } from '../../chatkit/common/errors.ts';
import { isLoopbackHost, parseZoneSetting } from '../../chatkit/common/serverTime.ts';
import { ServerReading } from '../../chatkit/common/wire/reading.ts';
import type { Transport } from '../../chatkit/node/transport/types.ts';
import type { CheckReport } from '../common/checkReport.ts';
import { Verdicts } from '../common/verdicts.ts';
import {
  type CheckMessages,
  type CheckResult,
  type CheckRun,
  type CheckStep,
  ElementChecker,
  type StepProgress,
  defaultMessages,
} from './run/checkRun.ts';
import { checkHostedApi } from './hostedApi.ts';
import { checkSelfHosted } from './selfHosted.ts';
import { endOf } from './run/sendCommand.ts';

export interface CheckOptions {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly credentials: CredentialProvider;
  /** The end user whose temporary threads are created; null where the connection has no user header. */
  readonly user?: string | null | undefined;
  /** `https://host[:port]` of the page that uses the server; null or absent: CORS is not checked. */
  readonly origin?: string | null | undefined;
  /** `full` (default): pages of a thread with 120 items. `quick`: with 12 items, so that fewer messages are sent. */
  readonly scope?: 'full' | 'quick' | undefined;
  readonly messages?: Partial<CheckMessages> | undefined;
  /** Maximum time of the check without its deletions, in ms. Default: 15 min. */
  readonly timeLimitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Threads of an earlier check that did not end: deleted first. */
  readonly earlier?: readonly string[] | undefined;
  /** Called with the id of each thread that the check creates, before it uses it. */
  readonly onCreated?: ((threadId: string) => void) | undefined;
  /** Called when a step starts. */
  readonly onStep?: ((step: CheckStep, progress?: StepProgress) => void) | undefined;
  /** Replaced in tests. */
  readonly clock?: CheckClock | undefined;
}

interface CheckClock {
  /** ms since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const systemClock: CheckClock = {
  now: Date.now,
  sleep: async (ms, signal) => void (await sleepFor(ms, undefined, { signal })),
};

/**
 * Checks a server against all rules of the protocol. Creates temporary threads and deletes them at the end, also when it
 * is cancelled: the report then contains what was checked. Throws SourceError `withheld` for a read-only connection, and
 * the error of the credentials where there are none.
 */
export async function checkServer(options: CheckOptions): Promise<CheckReport> {
  const { connection, transport, credentials, signal: cancelled, timeLimitMs = 15 * 60_000 } = options;
  if (connection.readOnly === true) throw readOnlyError();
  const clock = options.clock ?? systemClock;
  const startedAt = clock.now();
  const url = new URL(connection.url);
  const secrets = Object.values(await credentials.headersFor(url.origin));
  const redactSecrets = secretRedactor(secrets);
  const redact = (text: string): string => withPlainUrls(redactSecrets(text));
  const verdicts = new Verdicts({ now: clock.now, redact });
  const signal = AbortSignal.any([AbortSignal.timeout(timeLimitMs), ...(cancelled === undefined ? [] : [cancelled])]);
  const run: CheckRun = {
    connection,
    transport,
    credentials,
    user: options.user ?? null,
    origin: options.origin ?? null,
    scope: options.scope ?? 'full',
    messages: { ...defaultMessages, ...options.messages },
    verdicts,
    commands: [],
    redact,
    signal,
    now: clock.now,
    sleep: async (ms) => {
      await clock.sleep(ms, signal).catch(() => {
        throw endOf(signal);
      });
    },
    comparison: { response: null },
    earlier: options.earlier ?? [],
    created: { threads: new ObservedSet(options.onCreated), attachments: new Set(), attempts: 0 },
    onStep: options.onStep ?? (() => undefined),
  };
  const required = connection.kind === 'server' ? 'iso' : 'seconds';
  const setting = parseZoneSetting(connection.timeZone);
  const zone = { setting, isLoopback: isLoopbackHost(url.hostname), inferredMinutes: null };
  const reading = new ServerReading({ problems: verdicts, required, zone });
  const checker = new ElementChecker(verdicts, reading, connection.kind);
  const check = connection.kind === 'server' ? checkSelfHosted : checkHostedApi;
  const { end, leftBehind, earlier = [] }: CheckResult = await check(run, checker);
  return {
    format: 'chatkit-inspector/check',
    version: 1,
    startedAt: new Date(startedAt).toISOString(),
    ms: Math.round(clock.now() - startedAt),
    connection: { name: connection.name, kind: connection.kind, url: withPlainUrls(connection.url) },
    origin: run.origin,
    scope: run.scope,
    outcome: end?.kind ?? 'complete',
    reason: end === null ? '' : redact(end.message).slice(0, 2_000),
    rules: [...verdicts.results(end === null ? '' : redact(end.message))],
    commands: run.commands.slice(0, 5_000),
    leftBehind: leftBehind.map(({ kind, id, reason }) => ({
      kind,
      id: redact(id).slice(0, 500),
      reason: redact(reason).slice(0, 2_000),
    })),
    ...(earlier.length === 0
      ? {}
      : {
          earlier: earlier.map(({ id, result }) => ({
            id: redact(id).slice(0, 500),
            result: redact(result).slice(0, 2_000),
          })),
        }),
  };
}

/** A set that reports each new value. */
class ObservedSet extends Set<string> {
  readonly #onAdd: ((value: string) => void) | undefined;

  constructor(onAdd: ((value: string) => void) | undefined) {
    super();
    this.#onAdd = onAdd;
  }

  override add(value: string): this {
    if (!this.has(value)) this.#onAdd?.(value);
    return super.add(value);
  }
}
