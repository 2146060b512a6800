#!/usr/bin/env node
// The entry of `chatkit-inspector`. It knows only the commands and their flags; their code is loaded when they run.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { ConnectionFlags, Context } from './connection.ts';
import { CliError, exitCodeOf, exitCodes, reportOf } from './errors.ts';
import { Output } from './output.ts';
import { refuseEmpty, withoutHelpCommand } from './usage.ts';

/** Replaced by the build with the version of the package. */
declare const CHATKIT_VERSION: string | undefined;
const version = typeof CHATKIT_VERSION === 'string' ? CHATKIT_VERSION : '0.0.0';

const argv = process.argv.slice(2);
const out = new Output({
  // After `--` there are no flags.
  json: argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes('--json'),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
});
const stop = new AbortController();
const context: Context = { out, env: process.env, cwd: process.cwd(), signal: stop.signal, version };

let exitCode: number = exitCodes.fine;
/** The thread that the command is about, so that an error names it. */
let subject: string | null = null;

const whole =
  (min: number, max = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
      throw new InvalidArgumentError(`It must be a whole number ${range}.`);
    }
    return value;
  };
const decimal = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('It must be a number of at least 0.');
  return value;
};
const all = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

const jsonOption = () => new Option('--json', 'print JSON for programs');

function connectionOptions(): readonly Option[] {
  return [
    new Option('--url <url>', 'endpoint of the server, or base URL of the API').env('CHATKIT_URL'),
    new Option('--kind <kind>', 'server (self-hosted) or openai').env('CHATKIT_KIND').default('server'),
    new Option('--header <header>', '"Name: env:VARIABLE"; secrets only from the environment').argParser(all),
    new Option('--user <id>', 'end user: whose threads are listed, or who is acting'),
    new Option('--user-header <name>', 'header that identifies the end user').default('x-user-id'),
    new Option('--upload-url <url>', 'address for direct uploads of files; in two phases otherwise'),
    new Option('--metadata <json>', 'JSON object sent as "metadata" of each command; secrets as "env:VARIABLE"'),
    new Option('--time-zone <zone>', 'zone of times without one: local, UTC or +09:00; inferred otherwise'),
    new Option('--timeout <seconds>', 'longest wait for a connection or a response').argParser(whole(1, 3600)),
    new Option('--retries <count>', 'attempts after the first').argParser(whole(0, 10)),
    new Option('--allow-http', 'send unencrypted to hosts other than this machine'),
    new Option('--verbose', 'print every request'),
  ];
}

const program = new Command('chatkit-inspector')
  .description('Reads, tests and checks ChatKit servers.')
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print help')
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({ writeErr: () => undefined, outputError: () => undefined })
  .addOption(jsonOption().hideHelp());
for (const option of connectionOptions()) {
  // Flags may stand before the command too. They have no defaults here, so that those after the command count.
  program.addOption(new Option(option.flags).hideHelp().argParser(option.parseArg ?? ((text) => text)));
}

const example = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
const server = '--url http://localhost:8000/chatkit';

program.addHelpText(
  'after',
  `${example(
    `chatkit-inspector threads list ${server}`,
    `chatkit-inspector send "Where is my order?" ${server}`,
    `chatkit-inspector test tests/*.chatkit-test.json ${server} --header "Authorization: env:CHATKIT_AUTH"`,
    'chatkit-inspector sandbox',
  )}
Exit codes:
  0 fine                       4 not found
  1 tests or checks failed     5 network, TLS, proxy or timeout
  2 wrong usage or file        6 error of the server, or an invalid response
  3 unauthorized or forbidden  7 rate limit or quota
                             130 interrupted
`,
);

/** A command whose action returns its exit code. */
function command(
  parent: Command,
  usage: string,
  description: string,
  examples: readonly string[],
  { connects = true }: { readonly connects?: boolean } = {},
): Command {
  const made = parent
    .command(usage)
    .description(description)
    .allowExcessArguments(false)
    .addHelpText('after', example(...examples));
  if (connects) for (const option of connectionOptions()) made.addOption(option);
  return made.addOption(jsonOption());
}

/** Flags of the command, with those that stand before it. */
function flagsOf<T extends object = ConnectionFlags>(made: Command): T {
  const before = Object.entries(program.opts<Record<string, unknown>>()).filter(([, value]) => value !== undefined);
  return { ...made.opts<T>(), ...Object.fromEntries(before) };
}

const threads = program
  .command('threads')
  .description('List, show and delete threads.')
  .addHelpText(
    'after',
    example(`chatkit-inspector threads list ${server}`, `chatkit-inspector threads show thr_1 ${server} --json`),
  );

const list = command(threads, 'list', 'List threads, newest first.', [
  `chatkit-inspector threads list ${server} --limit 20`,
  `chatkit-inspector threads list --kind openai --header "Authorization: env:OPENAI_API_KEY" --json | jq -r '.[].id'`,
]).option('--limit <count>', 'print at most so many', whole(1));
list.action(async () => {
  const { listThreads } = await import('./commands/threads.ts');
  exitCode = await listThreads(flagsOf(list), context);
});

const show = command(threads, 'show <id>', 'Show a thread. With --json, also what the server sent, as "raw".', [
  `chatkit-inspector threads show thr_1 ${server}`,
  `chatkit-inspector threads show thr_1 ${server} --json | jq .raw`,
]);
show.action(async (id: string) => {
  subject = id;
  const { showThread } = await import('./commands/threads.ts');
  exitCode = await showThread(id, flagsOf(show), context);
});

const remove = command(threads, 'delete <id...>', 'Delete threads. This cannot be undone.', [
  `chatkit-inspector threads delete thr_1 thr_2 --yes ${server}`,
]).option('--yes', 'delete without asking');
remove.action(async (ids: readonly string[]) => {
  const { deleteThreads } = await import('./commands/threads.ts');
  exitCode = await deleteThreads(ids, flagsOf(remove), context);
});

const items = command(program, 'items <id>', 'List the items of a thread, oldest first.', [
  `chatkit-inspector items thr_1 ${server}`,
  `chatkit-inspector items thr_1 ${server} --json | jq '.[] | select(.kind == "widget") | .widget.value'`,
]).option('--limit <count>', 'print at most so many', whole(1));
items.action(async (id: string) => {
  subject = id;
  const { listItems } = await import('./commands/threads.ts');
  exitCode = await listItems(id, flagsOf(items), context);
});

const exporting = command(program, 'export [id...]', 'Write threads to files that the inspector opens.', [
  `chatkit-inspector export thr_1 --out exports ${server}`,
  `chatkit-inspector export --all --format jsonl --redacted --out exports ${server}`,
])
  .option('--all', 'export every thread')
  .option('--format <format>', 'json, jsonl (one file) or md', 'json')
  .option('--out <folder>', 'folder to write to; it is created')
  .option('--redacted', 'replace users, titles, text, IDs and values with placeholders')
  .option('--force', 'replace files that are not exports of the same threads');
exporting.action(async (ids: readonly string[]) => {
  const { exportToFolder } = await import('./commands/export.ts');
  exitCode = await exportToFolder(ids, flagsOf(exporting), context);
});

const send = command(
  program,
  'send <text>',
  'Send a message and print the response as it arrives; "-" reads it from standard input.',
  [
    `chatkit-inspector send "Where is my order?" ${server}`,
    `chatkit-inspector send "And the other one?" --thread thr_1 ${server} --json`,
  ],
)
  .option('--thread <id>', 'thread to continue; a new one otherwise')
  .option('--model <id>', 'model that the user selects')
  .option('--tool <id>', 'tool that the user selects')
  .option('--quote <text>', 'text that the message quotes');
send.action(async (text: string) => {
  const { sendMessage } = await import('./commands/send.ts');
  exitCode = await sendMessage(text, flagsOf(send), context);
});

const testing = command(
  program,
  'test <file...>',
  'Run conversation tests (*.chatkit-test.json, or folders with them).',
  [
    `chatkit-inspector test tests ${server}`,
    `chatkit-inspector test tests ${server} --reporter github --reporter junit=results.xml --workers 4`,
    `chatkit-inspector test tests/order.chatkit-test.json ${server} --grep "ships" --repeat 5`,
    `chatkit-inspector test tests ${server} --update-snapshots`,
  ],
)
  .addOption(new Option('--reporter <name>', 'pretty, json, github or junit=FILE; repeatable').argParser(all))
  .option('--grep <pattern>', 'only tests whose name matches this regular expression')
  .addOption(new Option('--tag <tag>', 'only tests with this tag; repeatable').argParser(all))
  .option('--bail', 'start no test after the first failure')
  .option('--update-snapshots', 'save what arrived as the expected snapshots')
  .option('--workers <count>', 'tests at the same time', whole(1, 64), 1)
  .option('--wait <seconds>', 'wait so long for the server to start', whole(0, 3600))
  .option('--repeat <count>', 'run each test so often; all runs must pass', whole(1, 1000))
  .addOption(new Option('--input <name=value>', 'value of ${input:name}; repeatable').argParser(all));
testing.action(async (files: readonly string[]) => {
  const { runTestFiles } = await import('./commands/test.ts');
  exitCode = await runTestFiles(files, flagsOf(testing), context);
});

const checkingServer = command(
  program,
  'check',
  'Check a server against every rule of the ChatKit protocol, with temporary threads.',
  [
    `chatkit-inspector check ${server}`,
    `chatkit-inspector check ${server} --origin https://example.com --fail-on error --out report.chatkit-check.json`,
  ],
)
  .option('--origin <url>', 'address of the page that uses the server, to check CORS')
  .option('--quick', 'send fewer messages: pages of 12 items, not of 120')
  .option('--fail-on <severity>', 'least severity of a failed rule for exit code 1: info, warning, error', 'info')
  .option('--out <file>', 'save the report, as JSON or (*.md) Markdown')
  .option('--wait <seconds>', 'wait so long for the server to start', whole(0, 3600));
checkingServer.action(async () => {
  const { checkProtocol } = await import('./commands/check.ts');
  exitCode = await checkProtocol(flagsOf(checkingServer), context);
});

const widget = program
  .command('widget')
  .description('Render and check widget templates. No server is needed.')
  .addHelpText(
    'after',
    example('chatkit-inspector widget render order.widget', 'chatkit-inspector widget check widgets/*.widget'),
  );

const render = command(
  widget,
  'render <file>',
  'Render the template of a .widget file.',
  [
    'chatkit-inspector widget render order.widget',
    'chatkit-inspector widget render order.widget --data order.json --json',
  ],
  { connects: false },
).option('--data <file>', 'data of the template, a JSON object; "-" reads standard input');
render.action(async (file: string) => {
  const { renderWidget } = await import('./commands/widget.ts');
  exitCode = await renderWidget(file, flagsOf(render), context);
});

const checking = command(
  widget,
  'check <file...>',
  'Check .widget files, and JSON files with a widget.',
  ['chatkit-inspector widget check widgets/*.widget'],
  { connects: false },
);
checking.action(async (files: readonly string[]) => {
  const { checkWidgets } = await import('./commands/widget.ts');
  exitCode = await checkWidgets(files, context);
});

const replaying = command(
  program,
  'replay <file>',
  'Print the thread that a recorded stream builds: a saved event log, curl output, NDJSON, a HAR file; "-" reads standard input.',
  ['chatkit-inspector replay order.chatkit-events.jsonl', 'curl -N … | chatkit-inspector replay - --json'],
  { connects: false },
);
replaying.action(async (file: string) => {
  const { replay } = await import('./commands/replay.ts');
  exitCode = await replay(file, context);
});

const sandbox = command(
  program,
  'sandbox',
  'Run a local ChatKit API with sample threads and a scripted agent, until Ctrl+C.',
  ['chatkit-inspector sandbox --port 8000'],
  { connects: false },
)
  .option('--port <port>', 'port; a free one otherwise', whole(0, 65_535))
  .option('--threads <count>', 'number of threads', whole(0))
  .option('--items <count>', 'add a thread with so many items', whole(1))
  .option('--seed <number>', 'seed of the sample conversations', whole(0))
  .option('--pace <factor>', 'factor for the delays of the agent; 0 for none', decimal)
  .option('--empty', 'start without threads');
sandbox.action(async () => {
  const { runSandbox } = await import('./commands/sandbox.ts');
  exitCode = await runSandbox(sandbox.opts(), context);
});

program.hook('preAction', refuseEmpty);

/** The first Ctrl+C lets the command report what was done; the second one ends it at once. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted);
    stop.abort();
  });
}

try {
  await program.parseAsync(withoutHelpCommand(program, argv), { from: 'user' });
} catch (error) {
  exitCode = failureOf(error);
}
await out.flush();
if (out.failure !== null) {
  const message = `The output could not be written: ${out.failure.message}.`;
  out.error({ kind: 'file', message, nextStep: 'check where the output is redirected to' });
  exitCode = exitCodes.usage;
}
// Connections that a server holds open must not keep the process alive.
process.exit(exitCode);

function failureOf(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.fine;
    // The message to be sent, or another text.
    const isText = error.code === 'commander.unknownOption' && /'-[^']*\s/.test(error.message);
    const help = isText ? 'put -- before a text that starts with "-"' : `see ${namedCommand()} --help`;
    if (error.code === 'commander.help') {
      // A command without a subcommand: its help is the answer, but it is not success.
      out.error({ kind: 'usage', message: 'A command is missing.', nextStep: help });
      return exitCodes.usage;
    }
    const [message = '', suggestion = ''] = error.message.replace(/^error: /, '').split('\n');
    const nextStep = suggestion.replace(/^\(|\)$/g, '') || help;
    out.error({ kind: 'usage', message: sentence(message), nextStep });
    return exitCodes.usage;
  }
  if (error instanceof CliError || !stop.signal.aborted) out.error(reportOf(error, subject));
  else out.note('Interrupted.');
  return stop.signal.aborted ? exitCodes.interrupted : exitCodeOf(error);
}

/** The command that the words of the command line name, as far as they do. */
function namedCommand(): string {
  let named = program;
  let path = program.name();
  for (const word of argv) {
    const next = named.commands.find((one) => one.name() === word);
    if (next === undefined) continue;
    named = next;
    path = `${path} ${word}`;
  }
  return path;
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(first) ? first : `${first}.`;
}
