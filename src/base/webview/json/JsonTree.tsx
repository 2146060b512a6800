import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import { numberText } from '../../common/parseJson.ts';
import { type Json, type JsonObject, isJsonObject } from '../../common/json.ts';
import { Icon, VsButton } from '../controls/buttons.tsx';
import './json.css';

interface Props {
  readonly value: Json;
  /** Levels that are open at first. */
  readonly depth?: number;
}

/** Entries of one level that are rendered before the user expands them. */
const pageLength = 100;

/** Formatted JSON with folding. Renders only expanded values. */
export function JsonTree({ value, depth = 3 }: Props) {
  return (
    <div className="json code">
      <JsonNode value={value} depth={depth} last />
    </div>
  );
}

interface NodeProps extends Props {
  readonly name?: string;
  readonly last: boolean;
  /** The text of a number, where JavaScript prints another. */
  readonly digits?: string | null;
}

function JsonNode({ name, value, depth = 0, last, digits = null }: NodeProps) {
  const entries = entriesOf(value);
  const [open, setOpen] = useState(depth > 0);
  const [shown, setShown] = useState(pageLength);
  const comma = last ? '' : ',';
  const key = name !== undefined && (
    <>
      <span className="json-key">{JSON.stringify(name)}</span>:{' '}
    </>
  );
  const [opening, closing] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries === null || entries.length === 0) {
    return (
      <div className="json-line">
        {key}
        {entries === null ? <JsonScalar value={value} digits={digits} /> : `${opening}${closing}`}
        {comma}
      </div>
    );
  }
  return (
    <div className="json-node">
      <button
        type="button"
        className="json-fold"
        aria-expanded={open}
        aria-label={`${open ? l10n.t('Collapse') : l10n.t('Expand')} ${name ?? ''}`.trim()}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
      </button>
      <div className="json-line">
        {key}
        {opening}
        {!open && (
          <>
            <span className="json-count">
              {entries.length === 1 ? l10n.t('1 entry') : l10n.t('{0} entries', entries.length)}
            </span>
            {closing}
            {comma}
          </>
        )}
      </div>
      {open && (
        <>
          <div className="json-children">
            {entries.slice(0, shown).map(([childName, child], index) => (
              <JsonNode
                key={childName ?? index}
                {...(childName === null ? {} : { name: childName })}
                value={child}
                depth={depth - 1}
                last={index === entries.length - 1}
                digits={numberText(value as JsonObject | readonly Json[], childName ?? String(index))}
              />
            ))}
            {entries.length > shown && (
              <VsButton look="link" onClick={() => setShown(shown + pageLength * 5)}>
                {l10n.t('{0} more…', entries.length - shown)}
              </VsButton>
            )}
          </div>
          <div className="json-line">
            {closing}
            {comma}
          </div>
        </>
      )}
    </div>
  );
}

function entriesOf(value: Json): readonly (readonly [string | null, Json])[] | null {
  if (Array.isArray(value)) return (value as readonly Json[]).map((child) => [null, child] as const);
  return isJsonObject(value) ? Object.entries(value) : null;
}

/** Characters of one string that are rendered before the user expands them. */
const head = 2_000;

interface JsonScalarProps {
  readonly value: Json;
  /** The text of a number, where JavaScript prints another. */
  readonly digits?: string | null;
}

function JsonScalar({ value, digits = null }: JsonScalarProps) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== 'string') {
    return (
      <span className={typeof value === 'number' ? 'json-number' : 'json-literal'}>{digits ?? String(value)}</span>
    );
  }
  if (whole || value.length <= head) return <span className="json-string">{JSON.stringify(value)}</span>;
  return (
    <>
      <span className="json-string">{JSON.stringify(value.slice(0, head)).slice(0, -1)}</span>…{' '}
      <VsButton look="link" onClick={() => setWhole(true)}>
        {l10n.t('{0} more…', value.length - head)}
      </VsButton>
    </>
  );
}
