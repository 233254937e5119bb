import { spawn } from 'node:child_process';

// `npm run kill-test`: instances killed while they send, in full: 50 kills, 10,000 messages.
const files = ['test/e2e/fan-out-kill.test.ts', 'test/e2e/outbox-kill.test.ts'];
const mocha = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', ...files], {
  stdio: 'inherit',
  env: { ...process.env, BIG_ROOM_LONG: '1' },
});
mocha.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
