import * as l10n from '@vscode/l10n';
import { useId, useState } from 'react';
import type { DataView } from '../../common/protocol.ts';
import { VsButton } from '../../../base/webview/controls/buttons.tsx';
import { usePreview } from './context.tsx';

/** The data of the template: it can be edited and is checked against the schema of the file. */
export function DataPanel({ data }: { readonly data: DataView }) {
  const { host } = usePreview();
  // The edited text, also while it is invalid; null while the host's data is shown.
  const [draft, setDraft] = useState<string | null>(null);
  const problemsId = useId();
  const text = draft ?? data.text;
  const error = draft === null ? null : dataError(draft);

  const edit = (next: string) => {
    setDraft(next);
    if (dataError(next) === null) host.notify('setData', { text: next });
  };
  const use = (from: 'own' | 'schema') => {
    setDraft(null);
    host.notify('useData', { from });
  };
  const origins = {
    defaultState: l10n.t('Default data from the file'),
    derived: l10n.t('Derived from outputJsonPreview in the file: the template produces it with this data'),
    jsonSchema: l10n.t('Generated from jsonSchema in the file'),
    outputJsonPreview: l10n.t('Generated from jsonSchema; not used, because the preview shows outputJsonPreview'),
    none: l10n.t('No data: the file has neither default data nor a schema'),
    edited: l10n.t('Edited here; saved in this workspace, not in the file'),
  };
  return (
    <div className="data">
      <p className="facts">
        <span className="quiet">{origins[data.origin]}</span>
        {data.origin !== data.ownOrigin && (
          <VsButton look="link" onClick={() => use('own')}>
            {l10n.t('Use Default Data')}
          </VsButton>
        )}
        {data.hasSchema && data.ownOrigin !== 'jsonSchema' && data.origin !== 'jsonSchema' && (
          <VsButton look="link" onClick={() => use('schema')}>
            {l10n.t('Generate from Schema')}
          </VsButton>
        )}
      </p>
      <textarea
        className="data-text code"
        aria-label={l10n.t('Data')}
        aria-invalid={error !== null || data.problems.length > 0}
        aria-describedby={problemsId}
        spellCheck={false}
        value={text}
        onChange={({ target }) => edit(target.value)}
      />
      <div id={problemsId}>
        {error !== null && <p className="problem-text">{error}</p>}
        {error === null && data.problems.length > 0 && (
          <ul className="data-problems" aria-label={l10n.t('Problems in the data')}>
            {data.problems.map(({ path, message }, index) => (
              <li key={index} className="problem-text">
                <code>{path === '' ? '/' : path}</code> {message}
              </li>
            ))}
          </ul>
        )}
        {error === null && data.problems.length === 0 && data.hasSchema && <p className="quiet">{l10n.t('Valid')}</p>}
      </div>
    </div>
  );
}

/** Why a text cannot be used as data; null if it can. */
function dataError(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? null : l10n.t('The data must be a JSON object.');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return l10n.t('Invalid JSON; the previous data is used: {0}', message);
  }
}
