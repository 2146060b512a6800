interface WebviewHtmlOptions {
  /** New for every page: 16 random bytes in base64. */
  readonly nonce: string;
  /** The origin of the page's own files (`webview.cspSource`). */
  readonly cspSource: string;
  /** URLs of the page's module and its style sheets. */
  readonly script: string;
  /** Static imports of the module, which are requested at the same time as the module. */
  readonly preloads?: readonly string[];
  readonly styles: readonly string[];
  /** BCP 47, for the page's `lang`. */
  readonly locale: string;
  readonly title: string;
  /** The initial state of the page, as JSON, so that a page that is reloaded early can be restored. */
  readonly state?: string;
  /** Translated strings as JSON (an l10n bundle); absent for English. */
  readonly translations?: string | undefined;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text and quoted attribute values. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/**
 * Returns the content security policy of a page. It allows the page's own module, styles, fonts and images, and images
 * that the host fetched (`data:`). It blocks connections, inline scripts and styles, and `eval`. Scripts are allowed
 * only by the nonce, not by their URL: imported modules inherit the nonce.
 */
export function contentSecurityPolicy({ nonce, cspSource }: Pick<WebviewHtmlOptions, 'nonce' | 'cspSource'>): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
}

/** Returns the HTML of a webview: an empty `#root`, which the page's module fills. */
export function renderWebviewHtml({
  nonce,
  cspSource,
  script,
  preloads = [],
  styles,
  locale,
  title,
  state,
  translations,
}: WebviewHtmlOptions): string {
  const attribute = (name: string, value: string | undefined) =>
    value === undefined ? '' : ` data-${name}="${escape(value)}"`;
  const data = attribute('state', state) + attribute('translations', translations);
  const style = (href: string) => `  <link rel="stylesheet" href="${escape(href)}">\n`;
  const preload = (href: string) => `  <link rel="modulepreload" nonce="${escape(nonce)}" href="${escape(href)}">\n`;
  const links = [...styles.map(style), ...[script, ...preloads].map(preload)].join('');
  return `<!doctype html>
<html lang="${escape(locale)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${escape(contentSecurityPolicy({ nonce, cspSource }))}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escape(title)}</title>
${links}</head>
<body>
  <div id="root"${data}></div>
  <script type="module" nonce="${escape(nonce)}" src="${escape(script)}"></script>
</body>
</html>
`;
}
