/**
 * Runs a script to its end. What goes wrong is said in a sentence, without a stack: the reader looks for a cause.
 * @param {() => Promise<number | void>} body gives the exit code; 0 when it gives nothing
 * @param {() => void} [onSignal] what Ctrl+C does; else it ends the script, and with it what it started
 */
export async function main(body, onSignal = () => process.exit(130)) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, onSignal);
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    process.exit(1); // what was started ends with it
  }
}

/** @param {unknown} error @returns {string} */
function sentence(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n${sentence(error.cause)}`;
}
