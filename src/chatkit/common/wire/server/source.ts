import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';
import type { Annotation, Source } from '../../model/content.ts';

const text = z.string().nullish();

/** What an answer or a task cites (chatkit-api 5.5); all kinds in one shape, so that a new one is still read. */
export const sourceSchema = z.object({
  type: z.string(),
  title: text,
  description: text,
  timestamp: text,
  group: text,
  url: text,
  attribution: text,
  filename: text,
  id: text,
  icon: text,
  label: text,
  inline_label: text,
  interactive: z.boolean().nullish(),
  data: z.unknown().optional(),
});

export const annotationSchema = z.object({
  type: z.string().nullish(),
  source: sourceSchema.nullish(),
  index: z.number().nullish(),
});

/** `raw`: the source's own JSON, for what this version does not know. */
export function toSource(wire: z.output<typeof sourceSchema>, raw: Json): Source {
  const common = {
    title: wire.title ?? null,
    description: wire.description ?? null,
    timestamp: wire.timestamp ?? null,
    group: wire.group ?? null,
  };
  if (wire.type === 'url' && typeof wire.url === 'string') {
    return { type: 'url', url: wire.url, attribution: wire.attribution ?? null, ...common };
  }
  if (wire.type === 'file' && typeof wire.filename === 'string') {
    return { type: 'file', filename: wire.filename, ...common };
  }
  if (wire.type === 'entity' && typeof wire.id === 'string') {
    return {
      type: 'entity',
      id: wire.id,
      icon: wire.icon ?? null,
      label: wire.label ?? null,
      inlineLabel: wire.inline_label ?? null,
      interactive: wire.interactive ?? false,
      data: (wire.data ?? {}) as Json,
      ...common,
    };
  }
  return { type: 'unknown', wireType: wire.type, value: raw, ...common };
}

/** An annotation belongs to a character position of its text; without one, to the text as a whole. */
export function toAnnotation(wire: z.output<typeof annotationSchema>, raw: Json): Annotation {
  const { source } = raw as { readonly source?: Json };
  return {
    index: wire.index ?? null,
    source: wire.source
      ? toSource(wire.source, source ?? null)
      : {
          type: 'unknown',
          wireType: wire.type ?? null,
          value: raw,
          title: null,
          description: null,
          timestamp: null,
          group: null,
        },
  };
}
