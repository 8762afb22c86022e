// Loaded before a server: tells whoever started it what it has taken of the processor so far, in microseconds.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
// It must not keep a process that has nothing else to do.
process.channel?.unref();
