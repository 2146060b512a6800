import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../scripts/lib/paths.mjs';
import { startSandbox } from '../scripts/lib/sandbox.mjs';
import { alone, inTurn, median, type Bench, type BenchOptions, type Measurement } from './bench.ts';
import { BenchEditor } from './editor/editor.ts';
import { extensionFolder } from './editor/extensionFolder.ts';
import { longest, startThreads, titleOf, transcriptOf } from './editor/threads.ts';

const read = 2000;
const short = 100;
const manyThreads = 100_000;
/** Threads shown before *Load More* is measured. */
const shown = 5000;
const pageSize = 100;
/** The peers open it by this name. */
const widgetFile = 'card.widget';
const ids = { ours: 'chatkit-inspector.chatkit-inspector', empty: 'chatkit-bench.empty' };
const sides = ['ours', 'peer'] as const;
/** Views, the row under which their many rows stand, and the command that shows more of them. */
const trees = {
  ours: { view: 'threads', root: 'many', more: 'chatkit.loadMore' },
  peer: { view: 'peers', root: 'Plain rows', more: 'chatkitBench.more' },
  rich: { view: 'rich', root: 'Rich rows', more: 'chatkitBench.moreRich' },
} as const;
const treeSides = ['ours', 'peer', 'rich'] as const;
/** What a window is opened for. */
type Window = 'thread' | 'empty' | 'markdown' | 'tree' | 'all' | 'file' | 'preview';
const names = [
  'activate',
  'open-2k',
  'open-growth',
  'widget-open',
  'tree-100k',
  'tree-100k-more',
  'load-all-100k',
] as const;

/** What was measured, ms. */
class Times {
  readonly ours: number[] = [];
  readonly peer: number[] = [];
  /** Of trees: rows that hold as much as ours. */
  readonly rich: number[] = [];
}

/** Everything that is measured inside the editor, in windows that were just opened. */
class EditorRounds {
  readonly activation = new Times();
  /** The first webview of a window. The peer is the empty panel. */
  readonly cold = new Times();
  readonly markdown: number[] = [];
  /** Webviews of a window that has shown one before. */
  readonly warm = new Times();
  /** The peer is the short thread. */
  readonly opening = new Times();
  /** Of a `.widget` file: the first click on it in the Explorer, and *Preview Widget*. */
  readonly widgets = { file: [] as number[], preview: [] as number[] };
  readonly expanding = new Times();
  readonly more = new Times();
  /** From *Load All* until the page has every item of the longest thread. */
  readonly loadingAll: number[] = [];
  readonly #editor: BenchEditor;
  readonly #titles: ReadonlyMap<number, string>;
  readonly #wanted: BenchOptions['wanted'];

  constructor(editor: BenchEditor, titles: ReadonlyMap<number, string>, wanted: BenchOptions['wanted']) {
    this.#editor = editor;
    this.#titles = titles;
    this.#wanted = wanted;
  }

  async run(rounds: number): Promise<void> {
    await this.#editor.openViews();
    await this.#editor.leave();
    for (let round = 0; round < rounds; round++) {
      for (const what of inTurn(round, this.#windows())) {
        await this.#editor.freshWindow();
        // A window that fails loses its own figures, not those of the others.
        await this.#visit(what, round).catch(reportError(`Round ${round + 1}, ${what}`));
        await this.#editor.leave();
      }
    }
    if (this.#wanted('tree-100k-more')) await this.#loadMore(rounds).catch(reportError('Load More'));
  }

  /** What each round opens a window for. */
  #windows(): readonly Window[] {
    const windows: Window[] = [];
    if (this.#opens()) windows.push('thread', 'empty', 'markdown');
    else if (this.#wanted('activate') || this.#wanted('widget-open')) windows.push('empty');
    if (this.#wanted('widget-open')) windows.push('file', 'preview');
    if (this.#wanted('tree-100k')) windows.push('tree');
    if (this.#wanted('load-all-100k')) windows.push('all');
    return windows;
  }

  #opens(): boolean {
    return this.#wanted('open-2k') || this.#wanted('open-growth');
  }

  #visit(what: Window, round: number): Promise<void> {
    if (what === 'thread') return this.#threadFirst(round);
    if (what === 'empty') return this.#emptyFirst(round);
    if (what === 'all') return this.#loadAll();
    if (what === 'file') return this.#openFile();
    if (what === 'preview') return this.#previewFirst();
    return what === 'markdown' ? this.#markdownFirst() : this.#expand(round);
  }

  async #threadFirst(round: number): Promise<void> {
    await this.#activate(round);
    await this.#openViews();
    this.cold.ours.push(await this.#openThread(read));
    this.warm.peer.push(await this.#openEmpty());
    for (const side of inTurn(round, sides)) {
      this.opening[side].push(await this.#openThread(side === 'ours' ? longest : short));
    }
  }

  async #emptyFirst(round: number): Promise<void> {
    await this.#activate(round);
    if (this.#opens() || this.#wanted('widget-open')) {
      await this.#openViews();
      this.cold.peer.push(await this.#openEmpty());
    }
    if (this.#opens()) this.warm.ours.push(await this.#openThread(read));
  }

  async #markdownFirst(): Promise<void> {
    const editor = this.#editor;
    await editor.openViews();
    await editor.calm();
    this.markdown.push(await editor.clickToPaint(editor.row('peers', 'Markdown preview'), 'markdown'));
    await editor.closeEditors();
  }

  async #openFile(): Promise<void> {
    const editor = this.#editor;
    await editor.fileRow(widgetFile).waitFor();
    await editor.calm();
    this.widgets.file.push(await editor.clickToPaint(editor.fileRow(widgetFile), 'widget'));
    await editor.closeEditors();
  }

  async #previewFirst(): Promise<void> {
    const editor = this.#editor;
    await editor.openViews();
    await editor.calm();
    this.widgets.preview.push(await editor.clickToPaint(editor.row('peers', 'Widget preview'), 'widget'));
    await editor.closeEditors();
  }

  async #loadAll(): Promise<void> {
    await this.#openViews();
    const title = this.#titles.get(longest) ?? '';
    await this.#editor.clickToPaint(this.#editor.row('threads', title), 'thread', title);
    await this.#editor.calm();
    this.loadingAll.push(await this.#editor.loadAll(title, longest));
    await this.#editor.closeEditors();
  }

  async #expand(round: number): Promise<void> {
    const editor = this.#editor;
    await editor.openViews();
    await editor.calm();
    for (const side of inTurn(round, treeSides)) {
      const { view, root } = trees[side];
      this.expanding[side].push(await editor.expand(view, root));
      await editor.rest();
    }
  }

  async #activate(round: number): Promise<void> {
    await this.#editor.calm();
    for (const side of inTurn(round, sides)) {
      const id = side === 'ours' ? ids.ours : ids.empty;
      const ms = await this.#editor.host.run<number | null>('activate', id);
      if (ms !== null) this.activation[side].push(ms);
    }
  }

  /** The views, with the threads of `bench` in them. */
  async #openViews(): Promise<void> {
    await this.#editor.openViews();
    await this.#editor.expand('threads', 'bench');
    await this.#editor.row('threads', titleOf(read)).waitFor();
    await this.#editor.calm();
  }

  async #openThread(items: number): Promise<number> {
    const title = this.#titles.get(items) ?? '';
    const ms = await this.#editor.clickToPaint(this.#editor.row('threads', title), 'thread', title);
    await this.#editor.closeEditors();
    return ms;
  }

  async #openEmpty(): Promise<number> {
    const ms = await this.#editor.clickToPaint(this.#editor.row('peers', 'Empty panel'), 'empty');
    await this.#editor.closeEditors();
    return ms;
  }

  /** Loads until `shown` rows are there on both sides, then measures one more page after the other. */
  async #loadMore(rounds: number): Promise<void> {
    const editor = this.#editor;
    await editor.freshWindow();
    await editor.openViews();
    for (const { view, root } of Object.values(trees)) await editor.expand(view, root);
    for (let loaded = pageSize; loaded < shown; loaded += pageSize) {
      for (const { more } of Object.values(trees)) await editor.host.command(more, { connectionId: 'many' });
    }
    await editor.calm();
    for (let round = 0; round < rounds; round++) {
      for (const side of inTurn(round, treeSides)) {
        this.more[side].push(await editor.loadMore(trees[side].view));
        await editor.calm();
      }
    }
  }
}

const reportError = (where: string) => (error: Error) => void process.stderr.write(`${where}: ${error.message}\n`);

/** NaN where there is nothing: an extension that another had activated already is not measured. */
const middle = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : median(values));

async function measure(rounds: number, wanted: BenchOptions['wanted']): Promise<readonly Measurement[]> {
  const threads = await startThreads([short, read]);
  const many = await startSandbox(['--threads', String(manyThreads)]);
  const editor = await BenchEditor.start({
    extension: extensionFolder(),
    connections: { bench: threads.access, many: many.access },
    files: {
      'transcript.md': await transcriptOf(threads, titleOf(read)),
      [widgetFile]: await readFile(join(root, 'samples', 'order.widget'), 'utf8'),
    },
  });
  const measured = new EditorRounds(editor, threads.titles, wanted);
  try {
    await measured.run(rounds);
  } finally {
    await editor.stop();
    await many.stop();
    await threads.stop();
  }
  const { activation, cold, markdown, warm, opening: growth, widgets, expanding, more, loadingAll } = measured;
  const against = ({ ours, peer }: Times, peerName: string): Measurement => ({
    ours: middle(ours),
    peer: middle(peer),
    peerName,
    limit: null,
    limitName: null,
    unit: 'ms',
    rounds: Math.min(ours.length, peer.length),
  });
  const tree = (times: Times): Measurement => ({
    ...against(times, 'a bare provider of as many plain rows'),
    limit: middle(times.rich),
    limitName: 'the same of rows that hold as much as ours',
  });
  const over = middle(activation.ours) - middle(activation.peer);
  return [
    { ...against(activation, 'an empty extension'), note: `${over.toFixed(1)} ms over it` },
    {
      ...against({ ...cold, peer: markdown }, 'Markdown preview of its transcript'),
      limit: middle(cold.peer),
      limitName: 'an empty webview panel',
      note: `first webview of a window; where one was shown before: ${middle(warm.ours).toFixed(0)} ms, the empty panel ${middle(warm.peer).toFixed(0)} ms`,
    },
    against(growth, '100 items'),
    {
      ...alone,
      ours: middle(widgets.preview),
      limit: middle(cold.peer),
      limitName: 'an empty webview panel',
      unit: 'ms',
      rounds: widgets.preview.length,
      note: `from a click on the file to its preview beside the text, before the extension is loaded: ${middle(widgets.file).toFixed(0)} ms`,
    },
    tree(expanding),
    tree(more),
    { ...alone, ours: middle(loadingAll), unit: 'ms', rounds: loadingAll.length },
  ];
}

export const benches: readonly Bench[] = [{ names, run: ({ rounds = 15, wanted }) => measure(rounds, wanted) }];
