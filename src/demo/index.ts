export { pastClock } from './timeline.js';
export { demoPeople } from './people.js';
export { quietOutbox } from './quiet-outbox.js';
export { seedDemo } from './seed.js';
export { seedStore } from './seed-store.js';
