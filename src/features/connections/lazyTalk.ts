import type { TalkSource } from '../../domain/stream/talkSource.ts';

/**
 * Talking through a source that opens at its first request. `opened`: what is there already; until then nothing is known
 * that the server could not do.
 */
export function lazyTalk(open: () => Promise<TalkSource>, opened: () => TalkSource | undefined): TalkSource {
  return {
    supports: (feature) => opened()?.supports(feature) ?? true,
    async *run(command, signal) {
      yield* (await open()).run(command, signal);
    },
    actAtOnce: async (...args) => (await open()).actAtOnce(...args),
    sendFeedback: async (...args) => (await open()).sendFeedback(...args),
    upload: async (...args) => (await open()).upload(...args),
    deleteAttachment: async (...args) => (await open()).deleteAttachment(...args),
    transcribe: async (...args) => (await open()).transcribe(...args),
  };
}
