import * as l10n from '@vscode/l10n';
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Emitter } from '../../../base/common/events.ts';
import type { Rpc } from '../../../base/common/rpc.ts';
import { Tabs } from '../../../base/webview/controls/Tabs.tsx';
import type {
  GalleryHost,
  GalleryPageState,
  GalleryTab,
  GalleryWebview,
  StarterView,
} from '../../common/galleryProtocol.ts';
import { Components } from './Components.tsx';
import { matches } from './search.ts';
import { StarterGrid } from './StarterGrid.tsx';

interface GalleryProps {
  readonly host: Rpc<GalleryWebview, GalleryHost>;
  readonly starters: readonly StarterView[];
  readonly initial: GalleryPageState;
  readonly onState: (state: GalleryPageState) => void;
  /** Tabs that the host asks for. */
  readonly shownTabs: Emitter<GalleryTab>;
}

/** Starting points of new widgets and all components, with one search field for both. */
export function Gallery({ host, starters, initial, onState, shownTabs }: GalleryProps) {
  const [tab, setTab] = useState<GalleryTab>(initial.tab ?? 'starters');
  const [component, setComponent] = useState(initial.component);
  const [query, setQuery] = useState('');
  const words = useDeferredValue(query);
  const search = useRef<HTMLInputElement>(null);
  const searchId = useId();

  useEffect(() => shownTabs.on(setTab), [shownTabs]);
  useEffect(() => onState({ tab, component }), [onState, tab, component]);
  // The page was opened to choose something: typing filters immediately.
  useEffect(() => search.current?.focus(), []);

  const found = useMemo(
    () => starters.filter(({ title, summary }) => matches(words, [title, summary])),
    [starters, words],
  );
  return (
    <main className="gallery" aria-label={l10n.t('Widget gallery')}>
      <header className="gallery-bar">
        <h1>{l10n.t('Widget Gallery')}</h1>
        <div className="gallery-find">
          <label htmlFor={searchId} className="quiet">
            {l10n.t('Search')}
          </label>
          <input
            ref={search}
            id={searchId}
            type="search"
            className="gallery-search"
            placeholder={l10n.t('Component, property or value')}
            value={query}
            onChange={({ target }) => setQuery(target.value)}
          />
        </div>
      </header>
      <Tabs
        label={l10n.t('Gallery')}
        tabs={[
          { id: 'starters', label: l10n.t('Starting Points') },
          { id: 'components', label: l10n.t('Components') },
        ]}
        selected={tab}
        onSelect={setTab}
      >
        {tab === 'starters' ? (
          <StarterGrid starters={found} onCreate={(starter) => host.notify('create', { starter })} />
        ) : (
          <Components
            copyText={(text) => host.notify('copyText', { text })}
            words={words}
            selected={component}
            onSelect={setComponent}
          />
        )}
      </Tabs>
    </main>
  );
}
