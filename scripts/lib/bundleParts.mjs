import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Plugins that bundle the part of a package that is used, where esbuild cannot find it out. */

/** Code of undici for bodies, and a protocol, that the transport never uses: it is loaded by a condition. */
const unusedOfUndici = /\/(?:web\/fetch\/body|client-h2)\.js$/;

/** The parts of undici that the transport uses. Its index also loads fetch, WebSocket, caches and mocks: twice the code.
 * @type {import('esbuild').Plugin} */
export const partsOfUndici = {
  name: 'parts-of-undici',
  setup(plugin) {
    const parts = {
      Agent: 'lib/dispatcher/agent.js',
      Client: 'lib/dispatcher/client.js',
      buildConnector: 'lib/core/connect.js',
    };
    const contents = Object.entries(parts).map(
      ([name, path]) => `export { default as ${name} } from 'undici/${path}';`,
    );
    plugin.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'parts-of-undici' }));
    // One of its two parsers: this one runs on every processor.
    plugin.onResolve({ filter: /llhttp_simd-wasm\.js$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, '../llhttp/llhttp-wasm.js'),
    }));
    plugin.onLoad({ filter: /./, namespace: 'parts-of-undici' }, () => ({
      contents: contents.join('\n'),
      resolveDir: root,
    }));
    plugin.onResolve({ filter: unusedOfUndici }, ({ path, importer }) =>
      /node_modules\/undici\//.test(importer) ? { path, namespace: 'unused-of-undici' } : undefined,
    );
    plugin.onLoad({ filter: /./, namespace: 'unused-of-undici' }, ({ path }) => ({
      contents: `module.exports = () => { throw new Error('Not in this bundle: ${path}'); };`,
    }));
  },
};

/** The scales of charts. Recharts looks them up by name, so that all of them, with times and dates, would be bundled.
 * @type {import('esbuild').Plugin} */
export const scalesOfCharts = {
  name: 'scales-of-charts',
  setup(plugin) {
    plugin.onResolve({ filter: /^victory-vendor\/d3-scale$/ }, () => ({
      path: 'd3-scale',
      namespace: 'scales-of-charts',
    }));
    plugin.onLoad({ filter: /./, namespace: 'scales-of-charts' }, () => ({
      contents: "export { scaleBand, scaleLinear, scalePoint } from 'd3-scale';",
      resolveDir: root,
    }));
  },
};

/** KaTeX from its sources, without what only its HTML uses: shapes, and sizes of glyphs. MathML depends on which glyphs exist.
 * @type {import('esbuild').Plugin} */
export const mathOfKatex = {
  name: 'math-of-katex',
  async setup(plugin) {
    const { version } = JSON.parse(await readFile(join(root, 'node_modules/katex/package.json'), 'utf8'));
    plugin.initialOptions.define = { ...plugin.initialOptions.define, __VERSION__: JSON.stringify(version) };
    plugin.onResolve({ filter: /^katex$/ }, () => ({ path: join(root, 'node_modules/katex/katex.ts') }));
    plugin.onLoad({ filter: /katex\/src\/fontMetricsData\.js$/ }, async ({ path }) => {
      /** @type {{ default: Record<string, object> }} */
      const { default: fonts } = await import(path);
      const codes = Object.entries(fonts).map(([font, glyphs]) => [font, Object.keys(glyphs).map(Number)]);
      return {
        contents: `const glyph = [0, 0, 0, 0, 0];
          const withGlyphs = ([font, codes]) => [font, Object.fromEntries(codes.map((code) => [code, glyph]))];
          export default Object.fromEntries(${JSON.stringify(codes)}.map(withGlyphs));`,
      };
    });
    plugin.onLoad({ filter: /katex\/src\/svgGeometry\.ts$/ }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** All icons of lucide as two texts of JSON, their names and their shapes, with each shape and each part of a shape once: three
 * quarters of the bytes of its modules, parsed faster.
 * @type {import('esbuild').Plugin} */
export const iconsOfLucide = {
  name: 'icons-of-lucide',
  setup(plugin) {
    plugin.onResolve({ filter: /^lucide$/ }, ({ importer }) =>
      importer.endsWith('lucideIcons.ts') ? { path: 'lucide', namespace: 'icons-of-lucide' } : undefined,
    );
    plugin.onLoad({ filter: /./, namespace: 'icons-of-lucide' }, async () => {
      const { icons } = await import('lucide');
      /** @type {Map<string, string[]>} Names by shape. */
      const names = new Map();
      for (const [name, parts] of Object.entries(icons)) {
        // Nearly all parts are paths.
        const shape = JSON.stringify(
          parts.map(([tag, attributes]) => (tag === 'path' ? attributes['d'] : [tag, attributes])),
        );
        names.set(shape, [...(names.get(shape) ?? []), name]);
      }
      /** @type {Map<string, number>} Numbers of parts, which replace them where they occur again. */
      const numbers = new Map();
      const shapes = [...names.keys()].map((shape) =>
        JSON.parse(shape).map((/** @type {unknown} */ part) => {
          const known = numbers.get(JSON.stringify(part));
          if (known === undefined) numbers.set(JSON.stringify(part), numbers.size);
          return known ?? part;
        }),
      );
      return {
        contents: `const names = ${JSON.stringify([...names.values()].join(' '))}.split(' ');
          const parts = [];
          const partOf = (part) => {
            if (typeof part === 'number') return parts[part];
            parts.push(typeof part === 'string' ? ['path', { d: part }] : part);
            return parts.at(-1);
          };
          const shapes = JSON.parse(${JSON.stringify(JSON.stringify(shapes))}).map((shape) => shape.map(partOf));
          export const icons = Object.fromEntries(
            names.flatMap((same, at) => same.split(',').map((name) => [name, shapes[at]])),
          );`,
      };
    });
  },
};

/** Zod without reading JSON schemas, except where that is used. Otherwise, all bundles that share its code would load it.
 * @type {import('esbuild').Plugin} */
export const partsOfZod = {
  name: 'parts-of-zod',
  setup(plugin) {
    const real = join(root, 'node_modules/zod/v4/classic/from-json-schema.js');
    plugin.onResolve({ filter: /^zod$/ }, ({ importer }) =>
      importer.endsWith('validateData.ts') ? { path: 'zod', namespace: 'zod-with-json-schemas' } : undefined,
    );
    plugin.onLoad({ filter: /./, namespace: 'zod-with-json-schemas' }, () => ({
      contents: `export * from 'zod'; export { fromJSONSchema } from ${JSON.stringify(real)};`,
      resolveDir: root,
    }));
    plugin.onResolve({ filter: /\/from-json-schema\.js$/ }, ({ importer }) =>
      importer.endsWith('external.js') ? { path: 'from-json-schema', namespace: 'unused-of-zod' } : undefined,
    );
    plugin.onLoad({ filter: /./, namespace: 'unused-of-zod' }, () => ({
      contents: "export const fromJSONSchema = () => { throw new Error('Not in this bundle: fromJSONSchema'); };",
    }));
  },
};
