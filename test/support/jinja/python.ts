import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A template with its data as JSON text: JSON values of JavaScript do not distinguish 1 from 1.0. */
export interface TemplateCase {
  readonly template: string;
  readonly data: string;
}

/** The result of a template: a text or the kind of an error. */
export type TemplateResult = { readonly text: string } | { readonly error: string; readonly message?: string };

const oracle = fileURLToPath(new URL('oracle.py', import.meta.url));

/** Returns whether this machine has Python with the required version of Jinja2. */
export function hasJinja(): boolean {
  return spawnSync('python3', [oracle], { input: '' }).status === 0;
}

/** Renders every case with Jinja2, in one process. */
export function renderWithPython(cases: readonly TemplateCase[]): TemplateResult[] {
  const input = cases.map((each) => JSON.stringify(each)).join('\n');
  const { status, stdout, stderr } = spawnSync('python3', [oracle], { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`Python ended with ${status}: ${stderr.slice(-2000)}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TemplateResult);
}
