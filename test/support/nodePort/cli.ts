// Runs the server as a program: prints `node port ready <url>` once it listens.
import { listenNodePort } from './listen.ts';

Object.assign(console, { log() {} });
const { url } = await listenNodePort(true);
process.stdout.write(`node port ready ${url}\n`);
