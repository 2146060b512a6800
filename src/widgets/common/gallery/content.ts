import { badgeSizeNames, iconSizeNames } from '../grammar/control.ts';
import { radiusNames } from '../grammar/radius.ts';
import { semanticNames } from '../grammar/tokens.ts';
import { iconNames } from '../grammar/icons.ts';
import type { GalleryWidget } from './build.ts';
import { caption, card, each, node, row } from './build.ts';

/** A small landscape as a `data:` URL, which needs no network. */
export const galleryImage = `data:image/svg+xml;base64,${btoa(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100"><rect width="160" height="100" fill="#7ec8f2"/><circle cx="124" cy="26" r="12" fill="#ffd240"/><path d="M0 78 46 36l34 34 26-22 54 38v14H0z" fill="#3c8f5f"/><path d="M0 88q40-14 80 0t80 0v12H0z" fill="#2a6b46"/></svg>',
)}`;

const badgeColours = ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'];

export const contentGallery: readonly GalleryWidget[] = [
  card('Badge', [
    ...['soft', 'solid', 'outline'].map((variant) =>
      row(badgeColours.map((color) => node('Badge', { label: color, color, variant }))),
    ),
    each('Badge', 'size', badgeSizeNames, (size) => ({ label: `Size ${String(size)}` })),
    each('Badge', 'pill', [true, false], (pill) => ({ label: pill ? 'Pill' : 'Square', color: 'info' })),
  ]),
  card('Icon', [
    row(
      iconNames.map((name) => node('Icon', { name, size: 'xl' })),
      { gap: 3 },
    ),
    each('Icon', 'size', iconSizeNames, () => ({ name: 'star' })),
    each('Icon', 'color', [...semanticNames('text'), 'blue-400', { light: 'red-600', dark: 'red-300' }], () => ({
      name: 'check-circle-filled',
    })),
    caption('lucide:, vendor:'),
    row([
      node('Icon', { name: 'lucide:rocket' }),
      node('Icon', { name: 'lucide:arrow-down-0-1' }),
      node('Icon', { name: 'vendor:house-style' }),
    ]),
  ]),
  card('Image', [
    each('Image', 'fit', ['cover', 'contain', 'fill', 'scale-down', 'none'], (fit) => ({
      src: galleryImage,
      alt: `A landscape, ${String(fit)}`,
      width: 90,
      height: 90,
      background: 'alpha-10',
    })),
    each(
      'Image',
      'position',
      ['top left', 'top', 'top right', 'left', 'center', 'right', 'bottom left', 'bottom', 'bottom right'],
      (position) => ({
        src: galleryImage,
        alt: `A landscape, ${String(position)}`,
        size: 48,
        fit: 'cover',
        radius: 'sm',
      }),
    ),
    each('Image', 'radius', radiusNames, (radius) => ({
      src: galleryImage,
      alt: `A landscape, ${String(radius)}`,
      size: 48,
    })),
    each('Image', 'frame', [true, false], () => ({ src: galleryImage, alt: 'A landscape', width: 120, radius: 'md' })),
    node('Image', { src: galleryImage, alt: 'A landscape, flush', flush: true, aspectRatio: '16/9', maxHeight: 140 }),
    node('Row', {}, [
      node('Image', { src: galleryImage, alt: 'A landscape', flex: 1, minWidth: 40, minHeight: 40, margin: 1 }),
      node('Image', {
        src: 'https://images.example.com/asked-for.png',
        alt: 'Asked for first',
        width: 200,
        height: 100,
        maxWidth: '50%',
      }),
      node('Image', {
        src: 'https://images.example.com/avatar.png',
        alt: 'An avatar',
        minSize: 32,
        size: 48,
        maxSize: 64,
        radius: 'full',
      }),
    ]),
  ]),
];
