import { Icon } from '../controls/Icon.tsx';
import { useInspector } from '../inspector/context.tsx';
import type { ItemOf, KindView } from './kind.ts';
import { RemoteImage } from './RemoteImage.tsx';

export const generatedImage: KindView<'generated_image'> = {
  icon: 'file-media',
  label: (strings) => strings.kindImage,
  Body,
  texts: () => [],
  baseHeight: 40,
};

function Body({ item }: { readonly item: ItemOf<'generated_image'> }) {
  const { strings } = useInspector();
  if (item.image !== null)
    return <RemoteImage itemId={item.id} url={item.image.url} alt={strings.kindImage} label={strings.showImage} />;
  return (
    <p className="facts">
      <Icon name="loading" spin /> {strings.imagePending}
      {item.progress !== null && <progress value={item.progress} aria-label={strings.imagePending} />}
    </p>
  );
}
