import { completeTemplate, insertableComponents, insertionAt } from '../common/authoring/completion.ts';
import { asPython, asTypeScript } from '../common/authoring/copyAs.ts';
import { foldsOf } from '../common/authoring/structure.ts';
import { formatTemplate } from '../common/authoring/format.ts';
import { definitionInTemplate, hoverTemplate } from '../common/authoring/hover.ts';
import { starters, widgetFileText } from '../common/authoring/starters.ts';

/** Support for the editors of templates: a bundle of its own, loaded with the first of them. */
export const authoring = {
  asPython,
  asTypeScript,
  complete: completeTemplate,
  define: definitionInTemplate,
  fileTextOf: widgetFileText,
  fold: foldsOf,
  format: formatTemplate,
  hover: hoverTemplate,
  insertableComponents,
  insertionAt,
  starters,
} as const;
