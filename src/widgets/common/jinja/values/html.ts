import { Markup } from './model.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};

/** Replaces the characters that HTML gives a meaning. */
export function escapeText(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => entities[character] ?? character);
}

/** Returns the escaped text of a str, or the unchanged text of Markup. */
export function escapeMarkup(value: string | Markup): string {
  return value instanceof Markup ? value.text : escapeText(value);
}
