import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';

const usage = `Usage: npm run sandbox -- [--port N] [--threads N] [--items N] [--seed N] [--empty]
  --port N      listen on this port (default: a free port)
  --threads N   number of threads
  --items N     add a thread with N items
  --seed N      seed of the sample conversations
  --pace X      factor for the delays of the scripted agent (0 = no delays)
  --empty       start without any thread
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    threads: { type: 'string' },
    items: { type: 'string' },
    seed: { type: 'string' },
    pace: { type: 'string' },
    empty: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

async function run(): Promise<void> {
  const sandbox = await startSandbox({
    ...number('port'),
    ...number('threads'),
    ...number('items'),
    ...number('seed'),
    ...(values.pace !== undefined && { pace: pace(values.pace) }),
    empty: values.empty,
  });
  process.stdout.write(`sandbox ready ${sandbox.baseUrl} ${sandbox.serverUrl} ${sandbox.apiKey}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
}

/** Returns the option as a property, or an empty object if it was not given. */
function number<Name extends 'port' | 'threads' | 'items' | 'seed'>(name: Name): { [N in Name]?: number } {
  const text = values[name];
  if (text === undefined) return {};
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} takes a whole number, not "${text}"`);
  return { [name]: value } as { [N in Name]?: number };
}

function pace(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--pace takes a number, not "${text}"`);
  return value;
}

if (values.help) {
  process.stdout.write(usage);
} else {
  run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
