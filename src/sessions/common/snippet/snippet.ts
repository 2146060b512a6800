import { curlSnippet } from './curl.ts';
import { pythonSnippet } from './python.ts';
import type { SnippetTarget } from './target.ts';
import { fetchSnippet, typescriptSnippet } from './typescript.ts';
import type { Template } from '../template.ts';

/** The choices of *Copy Client Code*, in this order. */
export const snippetLanguages = ['typescript', 'fetch', 'python', 'curl'] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

const snippets: { readonly [L in SnippetLanguage]: (template: Template, target: SnippetTarget) => string } = {
  typescript: typescriptSnippet,
  fetch: fetchSnippet,
  python: pythonSnippet,
  curl: curlSnippet,
};

/**
 * Returns server code that creates the same session (chatkit-api 2.1). The code reads the key from `OPENAI_API_KEY` and
 * `${env:NAME}` from the environment. A comment at the top lists the placeholders to fill in.
 */
export function snippet(language: SnippetLanguage, template: Template, target: SnippetTarget): string {
  return snippets[language](template, target);
}
