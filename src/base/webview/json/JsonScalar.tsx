import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { Json } from '../../common/json.ts';
import { VsButton } from '../controls/VsButton.tsx';

/** Characters of one string that are rendered before the user expands them. */
const head = 2_000;

interface Props {
  readonly value: Json;
  /** The text of a number, where JavaScript prints another. */
  readonly digits?: string | null;
}

export function JsonScalar({ value, digits = null }: Props) {
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
