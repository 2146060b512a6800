import type { ConversationApi } from '../../chatkit/common/stream/conversationApi.ts';

/** Talking through a source that opens at the first thing said. Until then every feature counts as supported. */
export function lazyConversationApi(
  open: () => Promise<ConversationApi>,
  opened: () => ConversationApi | undefined,
): ConversationApi {
  return {
    supports: (feature) => opened()?.supports(feature) ?? true,
    send: async function* (command, signal) {
      yield* (await open()).send(command, signal);
    },
    syncAction: async (action, signal) => (await open()).syncAction(action, signal),
    sendFeedback: async (...feedback) => (await open()).sendFeedback(...feedback),
    upload: async (file, signal, directUrl) => (await open()).upload(file, signal, directUrl),
    deleteAttachment: async (attachmentId, signal) => (await open()).deleteAttachment(attachmentId, signal),
    transcribe: async (audio, signal) => (await open()).transcribe(audio, signal),
  };
}
