import { Connector } from './connector.js';
import type { ConnectorNews, ConnectorOrders } from './process.js';
import { seeded } from './seeded.js';

const { perSecond, odds, seed } = JSON.parse(process.argv[2] ?? '{}') as ConnectorOrders;
const connector = new Connector({ keeps: false });
if (perSecond !== undefined) connector.enforces(perSecond);
if (odds !== undefined) connector.failsAtRandom(seeded(seed ?? 1), odds);
await connector.start();

function report(news: ConnectorNews): void {
  process.send?.(news);
}

process.on('message', () => {
  const steady = connector.times.slice(0, Math.floor(connector.times.length * 0.95));
  const seconds = ((steady.at(-1) ?? 0) - (steady[0] ?? 0)) / 1_000;
  const times = [...connector.arrivals.values()];
  report({
    counts: {
      requests: connector.requests,
      messages: times.reduce((sum, each) => sum + each, 0),
      twice: times.filter((each) => each > 1).length,
      conversations: times.length,
      perSecond: steady.length / seconds,
      throttled: connector.throttled,
    },
  });
});
process.once('disconnect', () => process.exit());
report({ url: connector.url });
