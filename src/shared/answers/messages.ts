export type { OutboxAnswer } from '../../delivery/outbox/routes.js';
