import { useMemo } from 'react';
import { PreviewContext, type Preview } from './context.tsx';
import { PreviewMain } from './PreviewMain.tsx';
import '../../../base/webview/page.css';
import './preview.css';

type Props = Omit<Preview, 'strings'>;

/** Nothing until the host has answered. */
export function App({ model, host, memory }: Props) {
  const preview = useMemo(
    () => (strings === undefined ? null : { model, host, memory }),
    [model, host, memory, strings],
  );
  if (preview === null) return null;
  return (
    <PreviewContext value={preview}>
      <PreviewMain />
    </PreviewContext>
  );
}
