import type { TopicService } from '../service.js';
import { agenda, setAgenda } from './agenda.js';
import { asking } from './questions.js';
import { settle } from './settling.js';
import { proposing, type TopicDeps } from './topics.js';

/** See {@link TopicService}. */
export function topicService(deps: TopicDeps): TopicService {
  return {
    ...proposing(deps),
    settle: (actor, id, as) => settle(deps, actor, id, as),
    ...asking(deps),
    agenda: (actor, id) => agenda(deps, actor, id),
    setAgenda: (actor, id, items) => setAgenda(deps, actor, id, items),
  };
}
