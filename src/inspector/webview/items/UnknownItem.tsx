import * as l10n from '@vscode/l10n';
import type { ItemOf, KindView } from './kind.ts';
import { RawJson } from './RawJson.tsx';

export const unknownItem: KindView<'unknown'> = {
  icon: 'question',
  label: () => l10n.t('Unknown item'),
  Body,
  texts: ({ wireType, problem }) => [wireType ?? '', problem ?? ''],
  extraHeight: 149,
};

function Body({ item }: { readonly item: ItemOf<'unknown'> }) {
  return (
    <>
      <p className={item.problem === null ? 'quiet' : 'problem-text'}>
        {item.problem === null
          ? l10n.t('Items of type {0} are not supported by this version.', item.wireType ?? '—')
          : l10n.t('Could not read this item: {0}', item.problem)}
      </p>
      <RawJson itemId={item.id} />
    </>
  );
}
