import { useInspector } from '../context.tsx';
import { fill } from '../../../base/webview/format.ts';
import type { ItemOf, KindView } from './kind.ts';
import { RawJson } from './RawJson.tsx';

export const unknownItem: KindView<'unknown'> = {
  icon: 'question',
  label: (strings) => strings.kindUnknown,
  Body,
  texts: ({ wireType, problem }) => [wireType ?? '', problem ?? ''],
  heightBeside: 149,
};

function Body({ item }: { readonly item: ItemOf<'unknown'> }) {
  const { strings } = useInspector();
  return (
    <>
      <p className={item.problem === null ? 'quiet' : 'problem-text'}>
        {item.problem === null
          ? fill(strings.unknownType, item.wireType ?? '—')
          : fill(strings.unreadable, item.problem)}
      </p>
      <RawJson itemId={item.id} />
    </>
  );
}
