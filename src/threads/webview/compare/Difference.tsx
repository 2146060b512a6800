import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { Json } from '../../../base/common/json.ts';
import { Icon, VsButton } from '../../../base/webview/controls/buttons.tsx';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import type { DifferenceView } from '../../common/compare/compareProtocol.ts';
import type { TextSegment } from '../../common/compare/sequences.ts';

/** A tree of differences. Equal parts are collapsed. */
export function Difference({ node }: { readonly node: DifferenceView }) {
  if (node.children !== undefined) return <Children nodes={node.children} />;
  return (
    <div className="difference">
      <Leaf node={node} />
    </div>
  );
}

function Children({ nodes }: { readonly nodes: readonly DifferenceView[] }) {
  const groups: (DifferenceView | readonly DifferenceView[])[] = [];
  let equal: DifferenceView[] = [];
  for (const node of nodes) {
    if (node.change === 'equal') {
      if (equal.length === 0) groups.push((equal = []));
      equal.push(node);
    } else {
      equal = [];
      groups.push(node);
    }
  }
  return (
    <ul className="difference">
      {groups.map((group, at) =>
        isGroup(group) ? (
          <EqualNodes key={at} nodes={group} />
        ) : (
          <li key={at} className={`difference-node ${group.change}`}>
            {group.key !== null && <span className="json-key">{String(group.key)}</span>}{' '}
            {group.children === undefined ? <Leaf node={group} /> : <Children nodes={group.children} />}
          </li>
        ),
      )}
    </ul>
  );
}

function isGroup(group: DifferenceView | readonly DifferenceView[]): group is readonly DifferenceView[] {
  return Array.isArray(group);
}

function EqualNodes({ nodes }: { readonly nodes: readonly DifferenceView[] }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="difference-node equal">
      <VsButton look="link" className="compare-equal" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        {nodes.length === 1 ? l10n.t('1 equal value') : l10n.t('{0} equal values', nodes.length)}
      </VsButton>
      {open && (
        <ul className="difference">
          {nodes.map(({ key, right = null }, at) => (
            <li key={at} className="difference-node">
              <span className="json-key">{String(key)}</span> <Value value={right} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Leaf({ node: { change, left, right, text } }: { readonly node: DifferenceView }) {
  if (text !== undefined) return <TextDifference segments={text} />;
  if (change === 'equal') return <Value value={right ?? null} />;
  return (
    <span className="difference-values">
      {left !== undefined && (
        <del>
          <span className="visually-hidden">{l10n.t('left:')} </span>
          <Value value={left} />
        </del>
      )}{' '}
      {right !== undefined && (
        <ins>
          <span className="visually-hidden">{l10n.t('right:')} </span>
          <Value value={right} />
        </ins>
      )}
    </span>
  );
}

function Value({ value }: { readonly value: Json }) {
  if (typeof value === 'string') return <span className="difference-text">{value}</span>;
  if (typeof value !== 'object' || value === null) return <span className="code">{String(value)}</span>;
  return <JsonTree value={value} depth={2} />;
}

/** Characters of an equal stretch of text that are shown at each of its ends. */
const context = 160;

function TextDifference({ segments }: { readonly segments: readonly TextSegment[] }) {
  return (
    <p className="difference-text">
      {segments.map(({ change, text }, at) => {
        if (change === 'equal')
          return <EqualText key={at} text={text} isFirst={at === 0} isLast={at === segments.length - 1} />;
        return change === 'removed' ? (
          <del key={at}>
            <span className="visually-hidden">{l10n.t('left:')} </span>
            {text}
          </del>
        ) : (
          <ins key={at}>
            <span className="visually-hidden">{l10n.t('right:')} </span>
            {text}
          </ins>
        );
      })}
    </p>
  );
}

interface EqualTextProps {
  readonly text: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function EqualText({ text, isFirst, isLast }: EqualTextProps) {
  const [whole, setWhole] = useState(false);
  const before = isFirst ? 0 : context;
  const after = isLast ? 0 : context;
  const hidden = text.length - before - after;
  if (whole || hidden < context) return <>{text}</>;
  return (
    <>
      {text.slice(0, before)}
      <VsButton look="link" onClick={() => setWhole(true)}>
        {l10n.t('… {0} equal characters …', hidden)}
      </VsButton>
      {text.slice(text.length - after)}
    </>
  );
}
