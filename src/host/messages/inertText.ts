/** Length of a whole message, in UTF-16 code units: VS Code cuts notifications off there as well. */
const maxMessage = 1_000;
/** Length of one argument of a message, in UTF-16 code units: the rest of the sentence stays readable. */
const maxArgument = 300;
/** Lines of a dialog; longer details belong into the log. */
const maxLines = 60;

/** Control characters and every kind of line break. */
const breaks = /[\p{Cc}\u2028\u2029]+/gu;
/** Characters without a width that reorder or hide text. Joiners are not among them: emoji and some scripts need them. */
const invisible = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/**
 * Makes a text safe to show where VS Code turns `[label](target)` into a link: one line, at most `max` UTF-16 code units
 * (and an ellipsis), and no `](`, without which there is no link. Doing it twice changes nothing more.
 */
export function inertText(text: string, max = maxMessage): string {
  return inertLine(text, max).trim();
}

/** The same for the detail of a dialog, which keeps its lines and their indentation. */
export function inertLines(text: string): string {
  const lines = text.split(/\r\n|\r|\n/, maxLines + 1);
  const shown = lines.slice(0, maxLines).map((line) => inertLine(line, maxMessage).trimEnd());
  return [...shown, ...(lines.length > maxLines ? ['…'] : [])].join('\n');
}

/**
 * Fills the placeholders `{0}`, `{1}`, … of a translated template. Each argument is made inert on its own, so that no
 * argument can crowd out the sentence around it; then the whole, because two arguments may form a link together.
 */
export function formatMessage(template: string, ...args: readonly (string | number)[]): string {
  const inert = args.map((arg) => (typeof arg === 'number' ? String(arg) : inertText(arg, maxArgument)));
  return inertText(template.replace(/\{(\d+)\}/g, (placeholder, index) => inert[Number(index)] ?? placeholder));
}

/** Shows `$(name)` in labels as it is written, where VS Code would draw an icon. */
export function withoutIcons(text: string): string {
  return text.replace(/\\?(\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, '\\$1');
}

function inertLine(text: string, max: number): string {
  // Cut first: what nobody is going to read is not worth three passes.
  const most = max * 4;
  const line = text.slice(0, most).replace(breaks, ' ').replace(invisible, '');
  const isLong = line.length > max || text.length > most;
  const short = isLong ? `${line.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
  return short.replaceAll('](', '] (');
}
