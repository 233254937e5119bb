// Loaded into each process that `npm start` starts (`node --import`): when the starter is gone, even by kill -9, the
// pipe that it held ends, and the process stops as if it had been asked to.
const graceMilliseconds = 10_000;

function stop(): void {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), graceMilliseconds).unref();
}

process.stdin.once('end', stop).once('error', stop).resume();
// Waiting for the starter's end must not keep a process alive that has nothing else to do.
(process.stdin as Partial<Pick<NodeJS.ReadStream, 'unref'>>).unref?.();
