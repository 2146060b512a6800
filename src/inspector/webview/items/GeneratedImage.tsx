import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { useInspector } from '../context.tsx';
import { useMaking } from '../useMaking.ts';
import type { ItemOf, KindView } from './kind.ts';
import { RemoteImage } from './RemoteImage.tsx';

export const generatedImage: KindView<'generated_image'> = {
  icon: 'file-media',
  label: (strings) => strings.kindImage,
  Body,
  texts: () => [],
  heightBeside: 29,
};

function Body({ item }: { readonly item: ItemOf<'generated_image'> }) {
  const { strings } = useInspector();
  const { image, progress } = item;
  const making = useMaking(item.id) === 'open';
  return (
    <>
      {image !== null && (
        <RemoteImage
          // Each picture on the way to the last is another one.
          key={image.url ?? `${image.id} ${progress}`}
          itemId={item.id}
          url={image.url}
          alt={strings.kindImage}
          label={strings.showImage}
        />
      )}
      {(image === null || making) && (
        <p className="facts">
          <Icon name="loading" spin /> {strings.imagePending}
          {progress !== null && <progress value={progress} aria-label={strings.imagePending} />}
        </p>
      )}
    </>
  );
}
