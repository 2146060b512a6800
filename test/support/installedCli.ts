// The command line as a user installs it: packed with `npm pack`, installed into an empty folder without a network.
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { packCli } from '../../scripts/lib/cliPackage.mjs';
import { ensureNode, npm } from '../../scripts/lib/install.mjs';
import { temporaryFolder } from '../../scripts/lib/paths.mjs';

export interface InstalledCli {
  /** The folder with `node_modules`. */
  readonly folder: string;
  /** The packed file. */
  readonly tarball: string;
  /** Bytes of the packed file. */
  readonly bytes: number;
  /** The module that `bin` names. */
  readonly script: string;
  /** The oldest Node that is supported. */
  readonly node: string;
}

let installed: Promise<InstalledCli> | undefined;

/** Packs and installs it once for each process. The folder is removed when the process exits. */
export function installedCli(): Promise<InstalledCli> {
  installed ??= install();
  return installed;
}

async function install(): Promise<InstalledCli> {
  const [{ path: packed }, { path: folder }, node] = await Promise.all([
    temporaryFolder('cli-packed'),
    temporaryFolder('cli-installed'),
    ensureNode(20),
  ]);
  const { path: tarball, bytes } = await packCli(packed);
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npm(['install', '--ignore-scripts', '--offline', tarball], folder);
  const script = join(folder, 'node_modules', 'chatkit-inspector', 'bin', 'chatkit-inspector.js');
  return { folder, tarball, bytes, script, node };
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Sends SIGINT as soon as the output contains this. */
  readonly interruptAt?: string;
}

/** Runs a command to its end. The environment has only what is given, and `PATH`. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { script, node, folder } = await installedCli();
  const { cwd = folder, env = {}, input = '', interruptAt } = options;
  const child = spawn(node, [script, ...args], { cwd, env: { PATH: process.env['PATH'] ?? '', ...env } });
  child.stdin.on('error', () => undefined).end(input);
  if (interruptAt !== undefined) {
    let seen = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        const had = seen.includes(interruptAt);
        seen += chunk.toString('utf8');
        if (!had && seen.includes(interruptAt)) child.kill('SIGINT');
      });
    }
  }
  const code = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}
