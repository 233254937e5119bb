import type { Clock } from '../../src/platform/clock.js';

const memoryMs = 10 * 60 * 1000;
const maxConversations = 1000;

/**
 * Whether the bot has just come to a conversation for the first time. Teams reports one arrival twice within
 * seconds (`conversationUpdate` and `installationUpdate`), so a short memory of this instance is enough; where two
 * instances get one report each, a second welcome does no harm.
 */
export function oncePerConversation(clock: Clock): (conversationId: string) => boolean {
  const seen = new Map<string, number>();
  return (conversationId) => {
    const now = clock.now().epochMilliseconds;
    for (const [id, at] of seen) {
      if (now - at < memoryMs && seen.size <= maxConversations) break;
      seen.delete(id);
    }
    const isFirst = !seen.has(conversationId);
    if (isFirst) seen.set(conversationId, now);
    return isFirst;
  };
}
