import { root } from './paths.mjs';

/**
 * The engine for regular expressions in linear time (46 kB of the package) is needed in pages, which load ES modules, and in
 * the worker thread, which loads CommonJS. It is one script that both can load.
 */

const file = 'linearExpressions.cjs';
const variable = 'linearExpressions';

/** Builds the script: a module in Node, and a global variable in a page.
 * @param {string} out folder of the bundles
 * @returns {import('esbuild').BuildOptions} */
export const linearExpressions = (out) => ({
  platform: 'neutral',
  format: 'iife',
  target: ['node20', 'chrome128'],
  globalName: variable,
  footer: {
    js: `typeof module === 'object' ? (module.exports = ${variable}) : (globalThis.${variable} = ${variable});`,
  },
  stdin: { contents: "export { RE2JS } from 're2js';", resolveDir: root, sourcefile: `${variable}.js` },
  outfile: `${out}/webview/${file}`,
});

/** Bundles of the extension host require the script. @type {import('esbuild').Plugin} */
export const linearExpressionsOfHost = {
  name: 'linear-expressions-of-host',
  setup(plugin) {
    plugin.onResolve({ filter: /^re2js$/ }, () => ({ path: `./webview/${file}`, external: true }));
  },
};

/** A chunk of the pages, in the folder `chunks`, loads the script. @type {import('esbuild').Plugin} */
export const linearExpressionsOfPages = {
  name: 'linear-expressions-of-pages',
  setup(plugin) {
    plugin.onResolve({ filter: /^re2js$/ }, () => ({ path: 're2js', namespace: variable }));
    plugin.onResolve({ filter: /./, namespace: variable }, ({ path }) => ({ path, external: true }));
    plugin.onLoad({ filter: /./, namespace: variable }, () => ({
      contents: `import '../${file}'; export const { RE2JS } = globalThis.${variable};`,
    }));
  },
};
