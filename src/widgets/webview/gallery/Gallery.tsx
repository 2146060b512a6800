import * as l10n from '@vscode/l10n';
import { Suspense, lazy, useDeferredValue, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Json } from '../../../base/common/json.ts';
import { useEditorTheme } from '../../../base/webview/controls/useEditorTheme.ts';
import type {
  GalleryHost,
  GalleryPageState,
  GalleryTab,
  GalleryWebview,
  StarterView,
} from '../../common/galleryProtocol.ts';
import { WidgetView } from '../WidgetView.tsx';
import type { Emitter } from '../../../base/common/events.ts';
import type { Rpc } from '../../../base/common/rpc.ts';
import { Tabs } from '../../../base/webview/controls/Tabs.tsx';
import { matchesWords } from '../../../base/common/plainText.ts';

// Computes the properties of all components, which starting points do not need.
const Components = lazy(async () => ({ default: (await import('./Components.tsx')).Components }));

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
    () => starters.filter(({ title, summary }) => matchesWords(words, [title, summary])),
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
          <Suspense fallback={<p className="quiet">{l10n.t('Loading…')}</p>}>
            <Components
              copyText={(text) => host.notify('copyText', { text })}
              words={words}
              selected={component}
              onSelect={setComponent}
            />
          </Suspense>
        )}
      </Tabs>
    </main>
  );
}

interface StarterGridProps {
  readonly starters: readonly StarterView[];
  readonly onCreate: (id: string) => void;
}

/** The starting points as pictures. Each is one button. */
function StarterGrid({ starters, onCreate }: StarterGridProps) {
  return (
    <>
      <p className="quiet" role="status">
        {starters.length === 0
          ? l10n.t('No matching starting points.')
          : l10n.t('Select a starting point. You then choose where the file is created.')}
      </p>
      <ul className="starters">
        {starters.map((starter) => (
          <li key={starter.id} className="starter">
            <Thumbnail widget={starter.widget} />
            <button type="button" className="starter-button" onClick={() => onCreate(starter.id)}>
              <span className="starter-title">{starter.title}</span>
              <span className="quiet">{starter.summary}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The inner height of a thumbnail, in px, as in the style sheet. */
const thumbnailHeight = 176;
const maxScale = 0.5;

/** A small picture of a widget: it cannot be focused, and screen readers skip it. */
function Thumbnail({ widget }: Pick<StarterView, 'widget'>) {
  const theme = useEditorTheme();
  const json = useMemo(() => (widget === null ? null : (JSON.parse(widget) as Json)), [widget]);
  const content = useRef<HTMLDivElement>(null);
  // The height changes while the parts of the widget are loaded.
  useLayoutEffect(() => {
    const element = content.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const scale = Math.min(maxScale, thumbnailHeight / element.offsetHeight);
      element.style.setProperty('--thumbnail-scale', String(scale));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="thumbnail" aria-hidden inert>
      {json !== null && (
        <div ref={content} className="thumbnail-content">
          <WidgetView json={json} theme={theme} />
        </div>
      )}
    </div>
  );
}
