import * as l10n from '@vscode/l10n';

/** Runs an action in a language that puts every translated text in brackets: `⟦text⟧`. */
export function inPseudoLanguage<T>(action: () => T): T {
  const contents = new Proxy<Record<string, string>>({}, { get: (_target, text) => `⟦${String(text)}⟧` });
  l10n.config({ contents });
  try {
    return action();
  } finally {
    l10n.config({ contents: {} });
  }
}
