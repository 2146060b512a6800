import * as z from 'zod';
import { parseJsonText } from '../../../../base/common/parseJson.ts';
import type { ClientToolCallItem } from '../../model/item.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';

/** `ChatKitClientToolCall` (chatkit-api 4.3): `arguments` and `output` are JSON text. */
export const clientToolCallSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  status: z.string(),
  call_id: z.string().nullish(),
  name: z.string(),
  arguments: z.unknown().optional(),
  output: z.unknown().optional(),
});

export function toClientToolCall(
  wire: z.output<typeof clientToolCallSchema>,
  context: ItemContext,
): ClientToolCallItem {
  return {
    kind: 'client_tool_call',
    ...baseOf(wire, context),
    status: toolCallStatus(wire.status),
    wireStatus: wire.status,
    callId: wire.call_id ?? null,
    name: wire.name,
    arguments: parseJsonText(wire.arguments),
    output: parseJsonText(wire.output),
  };
}

/** REST sends `in_progress`, self-hosted servers send `pending`. */
function toolCallStatus(wireStatus: string): ClientToolCallItem['status'] {
  if (wireStatus === 'in_progress' || wireStatus === 'pending') return 'open';
  return wireStatus === 'completed' ? 'completed' : 'unknown';
}
