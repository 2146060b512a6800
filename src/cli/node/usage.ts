// What commander does not check of a command line.
import type { Command } from 'commander';
import { CliError } from './errors.ts';

/**
 * Throws `CliError` for an empty argument or value: it is a variable that a script did not set, and must not mean all files of
 * a folder, or a new thread. `--url` has a message of its own.
 */
export function refuseEmpty(program: Command, action: Command): void {
  for (const one of [program, action]) {
    for (const option of one.options) {
      const name = option.attributeName();
      const flag = option.long ?? option.flags;
      if (name !== 'url' && one.getOptionValueSource(name) === 'cli' && one.getOptionValue(name) === '') {
        throw new CliError('usage', `The value of ${flag} is empty.`, `pass a value, or leave out ${flag}`);
      }
    }
  }
  const index = action.args.indexOf('');
  const { registeredArguments } = action;
  const argument = registeredArguments[Math.min(index, registeredArguments.length - 1)];
  if (index < 0 || argument === undefined) return;
  throw new CliError('usage', `An argument is empty: <${argument.name()}>.`, 'pass a value');
}

/** `help COMMAND` is `COMMAND --help`. A command that does not exist is an error then, which suggests the nearest one. */
export function withoutHelpCommand(program: Command, words: readonly string[]): readonly string[] {
  const at = words.indexOf('help');
  if (at < 0) return words;
  let named = program;
  const path = words.slice(0, at);
  for (const word of path) {
    const next = named.commands.find((one) => one.name() === word);
    // It is an argument, such as the text of a message.
    if (next === undefined || next.commands.length === 0) return words;
    named = next;
  }
  for (const word of words.slice(at + 1).filter((one) => !one.startsWith('-'))) {
    if (named.commands.length === 0) break;
    const next = named.commands.find((one) => one.name() === word);
    if (next === undefined) return [...path, word];
    path.push(word);
    named = next;
  }
  return [...path, '--help'];
}
