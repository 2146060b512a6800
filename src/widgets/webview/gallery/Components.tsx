import * as l10n from '@vscode/l10n';
import { useMemo, useState } from 'react';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { Icon, VsButton } from '../../../base/webview/controls/buttons.tsx';
import { useEditorTheme } from '../../../base/webview/controls/useEditorTheme.ts';
import {
  componentProperties,
  descriptionOf,
  requiredOf,
  typeTexts,
  valuesOf,
  summaryOf,
} from '../../common/authoring/componentSchemas.ts';
import { asPython, asTypeScript } from '../../common/authoring/copyAs.ts';
import { componentNames } from '../../common/catalogue.ts';
import { widgetGallery } from '../../common/gallery.ts';
import { WidgetView } from '../WidgetView.tsx';
import { matchesWords } from '../../../base/common/plainText.ts';

interface PropertyRow {
  readonly name: string;
  readonly isRequired: boolean;
  readonly types: string;
  readonly values: readonly string[];
  readonly description: string;
}

interface ComponentEntry {
  readonly name: string;
  readonly summary: string;
  readonly properties: readonly PropertyRow[];
}

let allEntries: readonly ComponentEntry[] | undefined;

function entries(): readonly ComponentEntry[] {
  allEntries ??= componentNames.map((name) => {
    const required = new Set(requiredOf(name));
    const properties = componentProperties(name).map(([property, schema]): PropertyRow => {
      return {
        name: property,
        isRequired: required.has(property),
        types: typeTexts(schema).join(', '),
        values: valuesOf(schema).map((value) => JSON.stringify(value)),
        description: descriptionOf(schema),
      };
    });
    return { name, summary: summaryOf(name).replaceAll('`', ''), properties };
  });
  return allEntries;
}

interface ComponentsProps {
  readonly copyText: (text: string) => void;
  readonly words: string;
  readonly selected: string | undefined;
  readonly onSelect: (name: string) => void;
}

/** All components: a list and the selected one with its properties and examples. */
export function Components({ copyText, words, selected, onSelect }: ComponentsProps) {
  const found = useMemo(
    () =>
      entries().filter(({ name, summary, properties }) =>
        matchesWords(words, [
          name,
          summary,
          ...properties.flatMap((each) => [each.name, each.description, ...each.values]),
        ]),
      ),
    [words],
  );
  const shown = found.find(({ name }) => name === selected) ?? found[0];
  return (
    <div className="components">
      <nav aria-label={l10n.t('Components')}>
        <ul>
          {found.map(({ name }) => (
            <li key={name}>
              <button
                type="button"
                className="component-link"
                aria-current={name === shown?.name || undefined}
                onClick={() => onSelect(name)}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
        <p className="quiet" role="status">
          {found.length === 0 ? l10n.t('No matching components.') : ''}
        </p>
      </nav>
      {shown !== undefined && <Component key={shown.name} copyText={copyText} entry={shown} words={words} />}
    </div>
  );
}

interface ComponentProps {
  readonly copyText: (text: string) => void;
  readonly entry: ComponentEntry;
  readonly words: string;
}

function Component({ copyText, entry, words }: ComponentProps) {
  const { name, summary, properties } = entry;
  const examples = useMemo(() => examplesOf(name), [name]);
  const hit = (row: PropertyRow) =>
    words.trim() !== '' && matchesWords(words, [row.name, row.description, ...row.values]);
  return (
    <article className="component" aria-label={name}>
      <h2>{name}</h2>
      <p>{summary}</p>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={l10n.t('Properties of {0}', name)}>
        <table className="properties">
          <thead>
            <tr>
              <th scope="col">{l10n.t('Property')}</th>
              <th scope="col">{l10n.t('Values')}</th>
              <th scope="col">{l10n.t('Description')}</th>
            </tr>
          </thead>
          <tbody>
            {properties.map((row) => (
              <tr key={row.name} className={hit(row) ? 'hit' : undefined}>
                <th scope="row">
                  <code>{row.name}</code>
                  {row.isRequired && <span className="quiet"> {l10n.t('required')}</span>}
                </th>
                <td>
                  <Values row={row} />
                </td>
                <td>{row.description.replaceAll('`', '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {examples.map(({ title, widget }) => (
        <Example key={title} copyText={copyText} title={title} widget={widget} />
      ))}
    </article>
  );
}

/** Values up to this number are shown; the rest on request. */
const shownValues = 14;

function Values({ row: { name, types, values } }: { readonly row: PropertyRow }) {
  const [all, setAll] = useState(false);
  if (values.length === 0) return <span className="quiet">{types}</span>;
  const visible = all ? values : values.slice(0, shownValues);
  return (
    <>
      <code>
        {JSON.stringify(name)}: {visible.join(' | ')}
      </code>{' '}
      {visible.length < values.length && (
        <VsButton look="link" onClick={() => setAll(true)}>
          {l10n.t('Show All {0} Values', values.length)}
        </VsButton>
      )}
    </>
  );
}

interface ExampleProps {
  readonly copyText: (text: string) => void;
  readonly title: string;
  readonly widget: JsonObject;
}

function Example({ copyText, title, widget }: ExampleProps) {
  const theme = useEditorTheme();
  const [copied, setCopied] = useState<string | null>(null);
  const json = useMemo(() => JSON.stringify(widget, null, 2), [widget]);
  const copy = (label: string, text: string) => {
    copyText(text);
    setCopied(label);
  };
  const button = (label: string, text: () => string) => (
    <VsButton look="link" onClick={() => copy(label, text())}>
      {label}
    </VsButton>
  );
  return (
    <section className="example" aria-label={title}>
      <h3>{title}</h3>
      <div className="example-widget">
        <WidgetView json={widget} theme={theme} />
      </div>
      <p className="example-actions">
        {button(l10n.t('Copy JSON'), () => json)}
        {button(l10n.t('Copy as Python'), () => asPython(widget))}
        {button(l10n.t('Copy as TypeScript'), () => asTypeScript(widget))}
        <span role="status" className="quiet">
          {copied !== null && l10n.t('Copied: {0}', copied)}
        </span>
      </p>
      <details>
        <summary>
          <Icon name="chevron-right" />
          {l10n.t('JSON')}
        </summary>
        <pre tabIndex={0} dir="ltr">
          {json}
        </pre>
      </details>
    </section>
  );
}

/** Maximum number of examples of one component. */
const maxExamples = 6;

/** The examples that are about a component, else those that contain it. */
function examplesOf(name: string) {
  const about = widgetGallery.filter(({ title }) => title.split(/[^\w.]+/).includes(name));
  const found = about.length > 0 ? about : widgetGallery.filter(({ widget }) => contains(widget, name));
  return found.slice(0, maxExamples);
}

function contains(value: Json, type: string): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some((each) => contains(each, type));
  return isJsonObject(value) && (value['type'] === type || contains(value['children'] ?? null, type));
}
