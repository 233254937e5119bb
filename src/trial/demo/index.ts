export { pastClock, type PastClock } from '../past-clock.js';
export { demoPeople } from './people.js';
export { quietOutbox } from './quiet-outbox.js';
export { seedDemo, type SeedParts } from './seed.js';
export { seedStore } from './seed-store.js';
