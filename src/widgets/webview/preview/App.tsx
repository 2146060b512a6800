import { useMemo } from 'react';
import { PreviewContext, type Preview } from './context.tsx';
import { PreviewMain } from './PreviewMain.tsx';
import '../../../base/webview/page.css';
import './preview.css';

/** Nothing until the host has answered. */
export function App({ model, host, memory }: Preview) {
  const preview = useMemo(() => ({ model, host, memory }), [model, host, memory]);
  return (
    <PreviewContext value={preview}>
      <PreviewMain />
    </PreviewContext>
  );
}
