import * as l10n from '@vscode/l10n';
import { isMarker } from '../../../chatkit/common/model/item.ts';
import type { ItemOf, KindView } from './kind.ts';
import { RawJson } from './JsonViewer.tsx';

export const unknownItem: KindView<'unknown'> = {
  icon: 'question',
  label: () => l10n.t('Unknown item'),
  Body,
  texts: ({ wireType, problem }) => [wireType ?? '', problem ?? ''],
  extraHeight: 149,
};

function Body({ item }: { readonly item: ItemOf<'unknown'> }) {
  if (isMarker(item)) return <Marker item={item} />;
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

/** A marker that chat clients do not show, or hidden context that the server should not have sent. */
function Marker({ item }: { readonly item: ItemOf<'unknown'> }) {
  return (
    <p className="quiet" role="note">
      {item.wireType === 'end_of_turn'
        ? l10n.t('End of turn')
        : l10n.t('Hidden context ({0}). Servers do not send it to clients.', item.wireType ?? '')}
    </p>
  );
}
