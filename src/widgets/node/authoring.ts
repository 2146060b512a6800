import { completeTemplate } from '../common/authoring/completion.ts';
import { foldsOf } from '../common/authoring/folding.ts';
import { formatTemplate } from '../common/authoring/format.ts';
import { definitionInTemplate, hoverTemplate } from '../common/authoring/hover.ts';
import { componentSnippet, insertableComponents } from '../common/authoring/snippets.ts';

/** Support for the editors of templates: a bundle of its own, loaded with the first of them. */
export const authoring = {
  complete: completeTemplate,
  define: definitionInTemplate,
  fold: foldsOf,
  format: formatTemplate,
  hover: hoverTemplate,
  insertableComponents,
  snippetOf: componentSnippet,
} as const;
