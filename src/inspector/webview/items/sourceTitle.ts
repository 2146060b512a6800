import type { Source } from '../../../chatkit/common/model/content.ts';

/** Returns the title of a source, or else its host, file name or label. Empty only for an unknown type of source. */
export function sourceTitle(source: Source): string {
  switch (source.type) {
    case 'url':
      return source.title ?? source.attribution ?? hostOf(source.url);
    case 'file':
      return source.title ?? source.filename;
    case 'entity':
      return source.title ?? source.label ?? source.inlineLabel ?? source.id;
    case 'unknown':
      return source.title ?? source.wireType ?? '';
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host || url : url;
}
