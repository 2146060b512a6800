import { keepNewest } from '../../base/common/lists.ts';
import * as vscode from 'vscode';
import { secretRedactor } from '../../base/common/redact.ts';
import { isRuleId, type RuleId } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { ProtocolProblemLog } from '../../chatkit/common/protocolProblems/problemLog.ts';

const key = 'connections.mutedRules';
/** Secrets that are remembered for one connection. More than one, because a server can echo an earlier one. */
const maxSecrets = 50;
/** Reports are frequent during a stream; listeners are called at most this often, in ms. */
const intervalMs = 200;

interface Recorded {
  readonly log: ProtocolProblemLog;
  readonly secrets: Set<string>;
  redact: (text: string) => string;
}

/** The protocol problems of each connection, in memory. Which rules are muted is saved for the user. */
export class ConnectionProblems implements vscode.Disposable {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #all = new Map<string, Recorded>();
  readonly #changed = new vscode.EventEmitter<readonly string[]>();
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** Fires with the ids of the connections whose problems or muted rules changed. */
  readonly onDidChange = this.#changed.event;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  /** The problems of a connection: the same object until the connection is forgotten. */
  of(connectionId: string): ProtocolProblemLog {
    return this.#of(connectionId).log;
  }

  /** Mutes exactly these rules for a connection. Their problems are still recorded. */
  async setMuted(connectionId: string, rules: Iterable<RuleId>): Promise<void> {
    const muted = [...new Set(rules)].sort();
    this.of(connectionId).setMuted(muted);
    const { [connectionId]: _old, ...others } = this.#saved();
    await this.#memento.update(key, muted.length === 0 ? others : { ...others, [connectionId]: muted });
  }

  /** Removes values from all later reports of the connection. Called before they are sent. */
  noteSecrets(connectionId: string, secrets: Iterable<string>): void {
    const recorded = this.#of(connectionId);
    const before = recorded.secrets.size;
    for (const secret of secrets) recorded.secrets.add(secret);
    if (recorded.secrets.size === before) return;
    keepNewest(recorded.secrets, maxSecrets);
    recorded.redact = secretRedactor(recorded.secrets);
  }

  /** Forgets the problems of a connection that was removed, or that now has another address. */
  clear(connectionId: string): void {
    this.#all.get(connectionId)?.log.clear();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
    this.#all.clear();
  }

  #of(connectionId: string): Recorded {
    const existing = this.#all.get(connectionId);
    if (existing !== undefined) return existing;
    const log = new ProtocolProblemLog({
      now: Date.now,
      redact: (text) => recorded.redact(text),
      muted: (this.#saved()[connectionId] ?? []).filter(isRuleId),
    });
    const recorded: Recorded = { log, secrets: new Set(), redact: secretRedactor([]) };
    this.#all.set(connectionId, recorded);
    log.onDidChange(() => this.#announce(connectionId));
    return recorded;
  }

  #announce(connectionId: string): void {
    this.#waiting.add(connectionId);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const ids = [...this.#waiting];
      this.#waiting.clear();
      this.#changed.fire(ids);
    }, intervalMs);
  }

  #saved(): Readonly<Record<string, readonly string[]>> {
    const saved = this.#memento.get<unknown>(key);
    if (typeof saved !== 'object' || saved === null) return {};
    const lists = Object.entries(saved).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
    return Object.fromEntries(lists.map(([id, rules]) => [id, rules.filter((rule) => typeof rule === 'string')]));
  }
}
