import type { TopicService } from '../service.js';
import { agenda, setAgenda } from './agenda.js';
import { asking } from './questions.js';
import { settle } from './settling.js';
import { proposing, type TopicParts } from './topics.js';

/** See {@link TopicService}. */
export function topicService(parts: TopicParts): TopicService {
  return {
    ...proposing(parts),
    settle: (actor, id, as) => settle(parts, actor, id, as),
    ...asking(parts),
    agenda: (actor, id) => agenda(parts, actor, id),
    setAgenda: (actor, id, items) => setAgenda(parts, actor, id, items),
  };
}
