import { oneLine } from '../../common/plainText.ts';

/** Length of a whole message, in UTF-16 code units: VS Code cuts notifications off there as well. */
const maxMessage = 1_000;
/** Length of one argument of a message, in UTF-16 code units: the rest of the sentence stays readable. */
const maxArgument = 300;
/** Lines of a dialog; longer details belong into the log. */
const maxLines = 60;

/**
 * Makes a text safe to show where VS Code turns `[label](target)` into a link: one line, no `](`, and at most `max`
 * UTF-16 code units before that is broken.
 */
export function inertText(text: string, max = maxMessage): string {
  return unlinked(oneLine(text, max));
}

/** The same for the detail of a dialog, which keeps its lines and their indentation. */
export function inertLines(text: string): string {
  const lines = text.split(/\r\n|\r|\n/, maxLines + 1);
  const shown = lines.slice(0, maxLines).map((line) => indentOf(line) + unlinked(oneLine(line, maxMessage)));
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

/** Escapes `$(name)` in labels, which VS Code would render as an icon. */
export function withoutIcons(text: string): string {
  return text.replace(/\\?(\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, '\\$1');
}

function indentOf(line: string): string {
  return ' '.repeat(/^ {0,20}/.exec(line)?.[0].length ?? 0);
}

/** Without `](` there is no link. */
function unlinked(line: string): string {
  return line.replaceAll('](', '] (');
}
