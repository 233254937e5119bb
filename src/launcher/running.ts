import { setTimeout as wait } from 'node:timers/promises';

export { wait };

/** Whether a process with this id lives; one of another user counts as living. */
export function isRunning(processId: number): boolean {
  if (processId <= 0) return false;
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
