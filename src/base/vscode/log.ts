import * as vscode from 'vscode';
import type { Log, RequestRecord } from '../common/log.ts';
import { redact } from '../common/redact.ts';

/** A log output channel. Secrets are redacted. */
export interface HostLog extends Log, vscode.Disposable {
  /** Opens the channel without taking the focus. */
  show(): void;
}

export function createLog(name: string): HostLog {
  const channel = vscode.window.createOutputChannel(name, { log: true });
  return {
    request(record) {
      const line = formatRequest(record);
      if (record.error === undefined || record.error === 'cancelled') channel.info(line);
      else channel.warn(line);
    },
    debug: (message) => channel.debug(redact(message)),
    info: (message) => channel.info(redact(message)),
    warn: (message) => channel.warn(redact(message)),
    error: (message, error) => channel.error(redact(error === undefined ? message : `${message}\n${stackOf(error)}`)),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}

/** `GET /v1/chatkit/threads?limit=50 → 200 · 123 ms · 4567 B · req_… · api.openai.com:443 · try 2` */
function formatRequest(record: RequestRecord): string {
  const outcome = [record.status, record.error].filter((part) => part !== undefined).join(' ') || 'no reply';
  const parts = [
    `${record.method} ${record.path} → ${outcome}`,
    `${Math.round(record.ms)} ms`,
    `${record.bytes} B`,
    record.requestId,
    record.host,
    record.attempt > 0 ? `try ${record.attempt + 1}` : undefined,
  ];
  return redact(parts.filter((part) => part !== undefined).join(' · '));
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}
