export type {
  FanOutAnswer,
  FanOutListAnswer,
  FanOutRecipientsAnswer,
} from '../../delivery/fan-out/routes.js';
