// Loaded before a program: writes the CPU time of its process to a file when it exits, in ms.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.CHATKIT_CPU_FILE, String((user + system) / 1000));
});
