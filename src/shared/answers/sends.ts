export type { SendAnswer, SendListAnswer, SendRecipientsAnswer } from '../../delivery/fan-out/routes.js';
