// Loaded when the first formula is met.
import katex from 'katex';
import { canRender, RenderBudget } from './limits.ts';
import { cleanFormula } from './sanitize.ts';

/** Renders TeX as MathML, which needs no style sheet, fonts or inline styles. Invalid TeX is unchanged. */
export function drawMath(root: ParentNode): void {
  const budget = new RenderBudget();
  for (const element of root.querySelectorAll<HTMLElement>('[data-math]')) {
    const tex = element.textContent ?? '';
    if (!canRender(tex) || !budget.spend(tex.length)) continue;
    try {
      const html = katex.renderToString(tex, {
        output: 'mathml',
        displayMode: element.dataset['math'] === 'block',
        throwOnError: true,
        strict: 'ignore',
        trust: false,
        maxExpand: 200,
        maxSize: 20,
      });
      element.replaceChildren(cleanFormula(html));
    } catch {
      element.classList.add('math-source');
    }
  }
}
