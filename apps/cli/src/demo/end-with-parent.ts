/** Loaded before a node that the demo starts: when the demo is killed, its nodes do not stay behind. */
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGKILL');
});
process.channel?.unref();
