import { useState } from 'react';
import type { Json } from '../../common/json.ts';
import type { JsonStrings } from '../../../inspector/common/strings.ts';
import { VsButton } from '../controls/VsButton.tsx';
import { fill } from '../format.ts';

/** Characters of one string that are drawn before one asks for more. */
const head = 2_000;

export function JsonScalar({ value, strings }: { readonly value: Json; readonly strings: JsonStrings }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== 'string') {
    return <span className={typeof value === 'number' ? 'json-number' : 'json-literal'}>{String(value)}</span>;
  }
  if (whole || value.length <= head) return <span className="json-string">{JSON.stringify(value)}</span>;
  return (
    <>
      <span className="json-string">{JSON.stringify(value.slice(0, head)).slice(0, -1)}</span>…{' '}
      <VsButton look="link" onClick={() => setWhole(true)}>
        {fill(strings.jsonMore, value.length - head)}
      </VsButton>
    </>
  );
}
