import { curlSnippet } from './curl.ts';
import { pythonSnippet } from './python.ts';
import type { SnippetTarget } from './target.ts';
import { fetchSnippet, typescriptSnippet } from './typescript.ts';
import type { Template } from '../template.ts';

/** What *Copy Client Code* offers, in this order. */
export const snippetLanguages = ['typescript', 'fetch', 'python', 'curl'] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

const snippets: { readonly [L in SnippetLanguage]: (template: Template, target: SnippetTarget) => string } = {
  typescript: typescriptSnippet,
  fetch: fetchSnippet,
  python: pythonSnippet,
  curl: curlSnippet,
};

/**
 * Code for a server that creates the same session (chatkit-api 2.1). The key is read from `OPENAI_API_KEY` and never
 * written. `${env:NAME}` is read from the environment as well; what else has to be filled in stands in a comment on top.
 */
export function snippet(language: SnippetLanguage, template: Template, target: SnippetTarget): string {
  return snippets[language](template, target);
}
