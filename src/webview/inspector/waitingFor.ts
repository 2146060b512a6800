import type { Transcript } from './transcript.ts';

export interface Wait {
  readonly itemId: string;
  /** ms since the epoch. */
  readonly since: number | null;
  /** The tool whose output is missing; null: the answer to a user message. */
  readonly tool: string | null;
}

/** At most this many are named; the first is what a reader looks for. */
const most = 3;

/** Open tool calls, newest first, or else the last turn when it has no answer. Of what is loaded. */
export function waitingFor({ items, turns, bounds }: Transcript): readonly Wait[] {
  const waits: Wait[] = [];
  for (let index = items.length - 1; index >= 0 && waits.length < most; index--) {
    const item = items[index];
    if (item?.kind === 'client_tool_call' && item.status === 'open') {
      waits.push({ itemId: item.id, since: item.createdAt, tool: item.name });
    }
  }
  const last = turns.at(-1);
  const asked = last && items[last.start];
  if (waits.length === 0 && bounds.reachesEnd && last?.answered === false && asked?.kind === 'user_message') {
    waits.push({ itemId: asked.id, since: asked.createdAt, tool: null });
  }
  return waits;
}
