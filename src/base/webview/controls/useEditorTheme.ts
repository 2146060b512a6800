import { useSyncExternalStore } from 'react';

/** Whether the editor's theme is a light one, from the classes it puts on the body; follows when it changes. */
export function useEditorTheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, read);
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return () => observer.disconnect();
}

function read(): 'light' | 'dark' {
  const { classList } = document.body;
  return classList.contains('vscode-light') || classList.contains('vscode-high-contrast-light') ? 'light' : 'dark';
}
