import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { selectingSuccessor } from '../../../src/base/vscode/rowSuccession.ts';

interface Row {
  readonly id: string;
}

/** A tree with groups of rows: `{ a: ['1', '2'] }`. */
class Tree {
  readonly #groups: Map<string, string[]>;
  readonly #rows = new Map<string, Row>();
  readonly revealed: string[] = [];
  readonly view = {
    visible: true,
    selection: [] as readonly Row[],
    reveal: async ({ id }: Row, options?: object) => {
      assert.deepEqual(options, { select: true, focus: true });
      this.revealed.push(id);
    },
  };

  constructor(groups: Readonly<Record<string, readonly string[]>>) {
    this.#groups = new Map(Object.entries(groups).map(([name, ids]) => [name, [...ids]]));
  }

  row(id: string): Row {
    const row = this.#rows.get(id) ?? { id };
    this.#rows.set(id, row);
    return row;
  }

  remove(...ids: readonly string[]): void {
    for (const [name, rows] of this.#groups) {
      const left = rows.filter((id) => !ids.includes(id));
      if (left.length === 0) this.#groups.delete(name);
      else this.#groups.set(name, left);
    }
  }

  readonly rows = {
    view: this.view,
    children: async (parent: Row | undefined) =>
      (parent === undefined ? [...this.#groups.keys()] : (this.#groups.get(parent.id) ?? [])).map((id) => this.row(id)),
    parent: ({ id }: Row) => {
      const group = [...this.#groups].find(([, ids]) => ids.includes(id))?.[0];
      return group === undefined ? undefined : this.row(group);
    },
  };

  async deleting(last: string, ...removed: readonly string[]): Promise<readonly string[]> {
    await selectingSuccessor<Row>(this.rows, this.row(last), async () => this.remove(...removed));
    return this.revealed;
  }
}

describe('the row that is selected after others were removed', () => {
  test('the next row; without one the row before', async () => {
    assert.deepEqual(await new Tree({ a: ['1', '2', '3'] }).deleting('2', '2'), ['3']);
    assert.deepEqual(await new Tree({ a: ['1', '2', '3'] }).deleting('3', '3'), ['2']);
  });

  test('the next row that remains, if several were removed', async () => {
    assert.deepEqual(await new Tree({ a: ['1', '2', '3', '4', '5'] }).deleting('3', '2', '3', '4'), ['5']);
    assert.deepEqual(await new Tree({ a: ['1', '2', '3'] }).deleting('3', '2', '3'), ['1']);
  });

  test('the group after a group whose only row was removed', async () => {
    assert.deepEqual(await new Tree({ a: ['1'], b: ['2'] }).deleting('1', '1'), ['b']);
    assert.deepEqual(await new Tree({ a: ['1'] }).deleting('1', '1'), []);
  });

  test('none, if the row was not removed, the view is hidden, or another row was selected meanwhile', async () => {
    assert.deepEqual(await new Tree({ a: ['1', '2'] }).deleting('1', '2'), []);
    const hidden = new Tree({ a: ['1', '2'] });
    hidden.view.visible = false;
    assert.deepEqual(await hidden.deleting('1', '1'), []);
    const left = new Tree({ a: ['1', '2', '3'] });
    left.view.selection = [left.row('1')];
    const remove = left.remove.bind(left);
    left.remove = (...ids) => {
      remove(...ids);
      left.view.selection = [left.row('3')];
    };
    assert.deepEqual(await left.deleting('1', '1'), []);
  });
});
