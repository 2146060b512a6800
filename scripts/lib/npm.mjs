import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { must } from './run.mjs';

/** npm's own script, when npm started us; this way no shell is needed, on Windows neither. */
function npmCli() {
  const started = process.env['npm_execpath'];
  if (started?.endsWith('npm-cli.js')) return started;
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return existsSync(beside) ? beside : undefined;
}

/**
 * Runs npm in a folder.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function npm(args, cwd) {
  const cli = npmCli();
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  return cli ? must(process.execPath, [cli, ...args, ...quiet], { cwd }) : must('npm', [...args, ...quiet], { cwd });
}
