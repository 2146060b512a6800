import { clockMs } from './capture.ts';

interface DevToolsRow {
  readonly data: string;
  /** Null for `message`, which is what an event without a name is. */
  readonly eventName: string | null;
  readonly clockMs: number | null;
}

/**
 * A row copied from the EventStream tab: cells (id, type, data, time) that are separated by tabs; null for other lines.
 * The tab is not part of JSON text, so the data is the first cell that starts as JSON.
 */
export function parseDevToolsRow(line: string): DevToolsRow | null {
  const cells = line.split('\t', 12);
  if (cells.length < 2 || /^(?:data|event|id|retry):/.test(line)) return null;
  const index = cells.findIndex((cell) => /^\s*(?:[{["]|\[DONE\])/.test(cell));
  if (index < 0) return null;
  const name = index === 0 ? '' : (cells[index - 1] ?? '').trim();
  const time = cells
    .slice(index + 1)
    .map(clockMs)
    .find((ms) => ms !== null);
  return {
    data: (cells[index] ?? '').trim(),
    eventName: name === '' || name === 'message' || clockMs(name) !== null ? null : name,
    clockMs: time ?? null,
  };
}

/** The header of the copied table. */
export function isDevToolsHeader(line: string): boolean {
  return /^(?:id\t)?type\tdata(?:\ttime)?\s*$/i.test(line);
}
