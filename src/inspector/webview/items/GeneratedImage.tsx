import * as l10n from '@vscode/l10n';
import { Icon } from '../../../base/webview/controls/buttons.tsx';
import { useCanChange, useItemProgress } from '../state/context.tsx';
import type { ItemOf, KindView } from './kind.ts';
import { RemoteImage } from './RemoteImage.tsx';

export const generatedImage: KindView<'generated_image'> = {
  icon: 'file-media',
  label: () => l10n.t('Generated image'),
  Body,
  texts: () => [],
  extraHeight: 29,
};

function Body({ item }: { readonly item: ItemOf<'generated_image'> }) {
  const { image, progress } = item;
  const isStreaming = useItemProgress(item.id) === 'open';
  const canChange = useCanChange(item.id);
  return (
    <>
      {image !== null && (
        <RemoteImage
          // Each intermediate image is a new one.
          key={image.url ?? `${image.id} ${progress}`}
          itemId={item.id}
          url={image.url}
          alt={l10n.t('Generated image')}
          label={l10n.t('Show image')}
        />
      )}
      {image === null && !canChange && <p className="quiet">{l10n.t('The server sent no image.')}</p>}
      {(image === null || isStreaming) && canChange && (
        <p className="facts">
          <Icon name="loading" spin /> {l10n.t('The image is being generated…')}
          {progress !== null && <progress value={progress} aria-label={l10n.t('The image is being generated…')} />}
        </p>
      )}
    </>
  );
}
