interface WebviewHtmlOptions {
  /** Fresh for every page: 16 random bytes in base64. */
  readonly nonce: string;
  /** The origin of the page's own files (`webview.cspSource`). */
  readonly cspSource: string;
  /** Addresses of the page's module and its style sheets. */
  readonly script: string;
  /** Modules that it imports before its first line runs: asked for with it, not after it. */
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

/** For text and for quoted attributes. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/**
 * What a page may load: its own module, its own styles, fonts and images, and images that the host fetched (`data:`). No
 * connection, no inline script or style, no `eval`. Scripts are allowed by the nonce alone, not by their address: what a
 * module imports inherits its nonce.
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

/** The page of every webview of ours: an empty `#root`, filled by its module. */
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
