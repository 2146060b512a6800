import * as l10n from '@vscode/l10n';
import { useId, useState } from 'react';
import type { DataView } from '../../common/protocol.ts';
import { VsButton } from '../../../base/webview/controls/VsButton.tsx';
import { usePreview } from './context.tsx';

/** The data that the template is filled with: read, written, checked against the file's schema. */
export function DataPanel({ data }: { readonly data: DataView }) {
  const { host } = usePreview();
  // What is being written stands here as it is written; null when what the host has is shown.
  const [draft, setDraft] = useState<string | null>(null);
  const problemsId = useId();
  const text = draft ?? data.text;
  const unread = draft === null ? null : unreadable(draft);
  const wrong =
    unread === null
      ? null
      : unread === ''
        ? l10n.t('The data of a template is an object.')
        : l10n.t('This is not JSON, so it is not used yet: {0}', unread);

  const write = (next: string) => {
    setDraft(next);
    if (unreadable(next) === null) host.notify('setData', { text: next });
  };
  const use = (from: 'own' | 'schema') => {
    setDraft(null);
    host.notify('useData', { from });
  };
  const origins = {
    defaultState: l10n.t('The file’s own default state'),
    jsonSchema: l10n.t('Made from the file’s jsonSchema'),
    outputJsonPreview: l10n.t('Generated from jsonSchema; not used, because the preview shows outputJsonPreview'),
    none: l10n.t('The file has neither data nor a schema'),
    edited: l10n.t('Written here; kept for this workspace, not in the file'),
  };
  return (
    <div className="data">
      <p className="facts">
        <span className="quiet">{origins[data.origin]}</span>
        {data.origin !== data.ownOrigin && (
          <VsButton look="link" onClick={() => use('own')}>
            {l10n.t('Use the File’s Own')}
          </VsButton>
        )}
        {data.hasSchema && data.ownOrigin !== 'jsonSchema' && data.origin !== 'jsonSchema' && (
          <VsButton look="link" onClick={() => use('schema')}>
            {l10n.t('Make from Schema')}
          </VsButton>
        )}
      </p>
      <textarea
        className="data-text code"
        aria-label={l10n.t('Data')}
        aria-invalid={wrong !== null || data.problems.length > 0}
        aria-describedby={problemsId}
        spellCheck={false}
        value={text}
        onChange={({ target }) => write(target.value)}
      />
      <div id={problemsId}>
        {wrong !== null && <p className="problem-text">{wrong}</p>}
        {wrong === null && data.problems.length > 0 && (
          <ul className="data-problems" aria-label={l10n.t('Problems of the data')}>
            {data.problems.map(({ path, message }, index) => (
              <li key={index} className="problem-text">
                <code>{path === '' ? '/' : path}</code> {message}
              </li>
            ))}
          </ul>
        )}
        {wrong === null && data.problems.length === 0 && data.hasSchema && <p className="quiet">{l10n.t('Valid')}</p>}
      </div>
    </div>
  );
}

/** Why a text cannot be used: what the parser says, or nothing for JSON that is no object. Null when it can. */
function unreadable(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
