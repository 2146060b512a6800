import { isJsonObject, type JsonPath } from '../../../../base/common/json.ts';
import { componentNames, componentSpec } from '../../../../widgets/common/catalogue.ts';
import type { ItemExpectation } from './itemSchema.ts';
import { nearest } from './schemaProblems.ts';
import type { TestFileData } from './testFileSchema.ts';

/** A component type in an expectation of a widget that ChatKit does not have. */
interface UnknownComponent {
  readonly path: JsonPath;
  readonly name: string;
  /** A similar type that exists; null for none. */
  readonly near: string | null;
  /** It is the name of a property, not its value. */
  readonly atName: boolean;
}

const listNames = ['exactly', 'inOrder', 'contains', 'without'] as const;
type Expectation = { readonly [Name in (typeof listNames)[number]]?: readonly ItemExpectation[] | undefined };

/** Returns the types in `has`, `hasNot` and `counts` that are no components of ChatKit. */
export function unknownComponents({ tests }: TestFileData): readonly UnknownComponent[] {
  return tests.flatMap(({ steps, expect }, index) => [
    ...steps.flatMap((step, at) => ofExpectation(step.expect, ['tests', index, 'steps', at, 'expect'])),
    ...ofExpectation(expect, ['tests', index, 'expect']),
  ]);
}

function ofExpectation(expectation: Expectation | undefined, path: JsonPath): readonly UnknownComponent[] {
  return listNames.flatMap((name) =>
    (expectation?.[name] ?? []).flatMap((item, index) =>
      item.kind === 'widget' ? ofWidget(item, [...path, name, index]) : [],
    ),
  );
}

function ofWidget(item: Extract<ItemExpectation, { kind: 'widget' }>, path: JsonPath): readonly UnknownComponent[] {
  const nodes = (['has', 'hasNot'] as const).flatMap((name) => {
    const expected = item[name];
    return Array.isArray(expected)
      ? expected.map((node: unknown, index) => ({ node, at: [...path, name, index] }))
      : [{ node: expected as unknown, at: [...path, name] }];
  });
  const types = nodes.flatMap(({ node, at }) => {
    const type = isJsonObject(node) ? node['type'] : undefined;
    return typeof type === 'string' ? [{ name: type, path: [...at, 'type'], atName: false }] : [];
  });
  const counted = Object.keys(item.counts ?? {}).map((name) => ({
    name,
    path: [...path, 'counts', name],
    atName: true,
  }));
  return [...types, ...counted]
    .filter(({ name }) => componentSpec(name) === undefined)
    .map((one) => ({ ...one, near: nearest(one.name, componentNames) }));
}
