import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Sender, sendWorld } from '../world/fan-out-processes.js';
import { reminder, reminderCard, sendIdOf, warmUp } from '../world/fan-out.js';
import type { SenderOrders, Usage } from '../world/fan-out-child.js';
import type { Odds } from '../world/teams/connector.js';
import { ConnectorProcess, type ConnectorCounts } from '../world/teams/process.js';
import { times, type Finding } from './measure.js';
import type { LoopOrders, LoopResult } from './reminders-loop.js';

const people = 10_000;
const pacedPeople = 2_000;
const perSecond = 49;
const limit = 50;
const sdkMessages = 3_000;
const throttled: Odds = [
  [0.01, { status: 429, code: 'Throttled', headers: { 'retry-after': '1' } }],
  [0.01, { status: 429, code: 'Throttled' }],
];

interface Run {
  readonly seconds: number;
  readonly cpu: number;
  readonly rss: number;
  readonly trips: number;
  readonly counts: ConnectorCounts;
}

interface Wanted {
  readonly instances: number;
  readonly people: number;
  readonly perSecond?: number;
  readonly odds?: Odds;
}

/** One fan-out from its message in the outbox until its end is recorded, by instances that run already. */
async function send(wanted: Wanted): Promise<Run> {
  const world = await sendWorld();
  const { perSecond: pace, odds } = wanted;
  const teams = await ConnectorProcess.start(
    pace === undefined ? {} : { perSecond: limit, ...(odds && { odds }) },
  );
  const orders: SenderOrders = {
    ...world.place,
    serviceUrl: teams.url,
    people: wanted.people,
    ...(pace !== undefined && { perSecond: pace }),
  };
  const senders = Array.from({ length: wanted.instances }, () => new Sender(orders));
  await Promise.all(senders.map(({ ready }) => ready));
  const done = async (name: string): Promise<void> => {
    const id = sendIdOf(reminder(name));
    while ((await world.store.find(id))?.value.state.status !== 'done')
      await new Promise((resolve) => setTimeout(resolve, 100));
  };
  for (const sender of senders) sender.order('begin');
  // As the loops do; what is paced waits most of the time.
  if (pace === undefined) {
    await world.begin('warm');
    await done('warm');
  }
  const before = await Promise.all(senders.map((sender) => sender.usage()));
  const start = performance.now();
  await world.begin('bench');
  await done('bench');
  const seconds = (performance.now() - start) / 1_000;
  const after = await Promise.all(senders.map((sender) => sender.usage()));
  const counts = await teams.counts();
  await Promise.all([...senders.map((sender) => sender.stop()), teams.stop()]);
  const sum = (read: (usage: Usage) => number): number =>
    after.reduce((total, usage, index) => total + read(usage) - read(before[index] ?? usage), 0);
  return {
    seconds,
    cpu: sum(({ cpu }) => cpu),
    rss: Math.max(...after.map(({ rss }) => rss)),
    trips: sum(({ trips }) => trips),
    counts,
  };
}

/** The same cards in a bare loop, in a process of its own. */
async function loop(how: LoopOrders['how'], messages: number): Promise<LoopResult> {
  const teams = await ConnectorProcess.start();
  const orders: LoopOrders = { how, messages, serviceUrl: teams.url, card: reminderCard };
  const script = new URL('./reminders-loop.ts', import.meta.url);
  const child = fork(script, [JSON.stringify(orders)], { execArgv: ['--import=tsx'] });
  const [result] = (await once(child, 'message')) as [LoopResult];
  await teams.stop();
  return result;
}

const lostAndTwice = ({ counts }: Run, wanted: number): string =>
  `${String(wanted - counts.conversations)} lost, ${String(counts.twice)} twice`;

function durable(run: Run, instances: number, bare: LoopResult, sdk: LoopResult): Finding[] {
  const rate = people / run.seconds;
  const cpu = run.cpu / people;
  const name = `${people.toLocaleString('en')} reminders, ${instances === 1 ? 'one instance' : 'two instances'}`;
  const isWhole = run.counts.conversations === people + warmUp && run.counts.twice === 0;
  return [
    {
      what: name,
      measured: `${rate.toFixed(0)} msg/s; ${lostAndTwice(run, people + warmUp)}`,
      against: `bare loop ${bare.rate.toFixed(0)}, continueConversationAsync ${sdk.rate.toFixed(0)} msg/s, neither durable`,
      goal: '>= 1,000 msg/s',
      isMet: rate >= 1_000 && isWhole,
    },
    {
      what: `${name}: CPU a message`,
      measured: `${cpu.toFixed(3)} ms`,
      against: `bare loop ${bare.cpu.toFixed(3)} ms: ${times(cpu / bare.cpu)}; continueConversationAsync ${sdk.cpu.toFixed(3)} ms: ${times(cpu / sdk.cpu)}`,
      goal: '<= 3 x bare loop',
      isMet: cpu <= 3 * bare.cpu,
    },
    {
      what: `${name}: storage trips a message`,
      measured: (run.trips / people).toFixed(3),
      against: `memory ${(run.rss / 2 ** 20).toFixed(0)} MB an instance`,
      goal: '',
      isMet: true,
    },
  ];
}

function paced(run: Run, instances: number): Finding {
  const rate = pacedPeople / run.seconds;
  // Every request counts towards the limit, refused ones too.
  const share = run.counts.perSecond / limit;
  const isWhole = run.counts.conversations === pacedPeople && run.counts.twice === 0;
  const met = run.counts.throttled.tenant;
  return {
    what: `${pacedPeople.toLocaleString('en')} reminders at 50/s with 2 % 429, ${instances === 1 ? 'one instance' : 'two instances'}`,
    measured: `${(share * 100).toFixed(1)} % of the limit; ${rate.toFixed(1)} msg/s with the last ones that had to wait; ${lostAndTwice(run, pacedPeople)}`,
    against: `${String(run.counts.requests)} requests, the limit met ${String(met)} times; ${(run.trips / pacedPeople).toFixed(2)} trips a message`,
    goal: '>= 95 %, none lost, none twice',
    isMet: share >= 0.95 && isWhole,
  };
}

/** Reminders through the whole durable path, from the outbox to the connector, against loops that keep nothing. */
export async function reminders(): Promise<Finding[]> {
  const bare = await loop('bare', people);
  const sdk = await loop('sdk', sdkMessages);
  const findings: Finding[] = [];
  for (const instances of [1, 2])
    findings.push(...durable(await send({ instances, people }), instances, bare, sdk));
  for (const instances of [1, 2])
    findings.push(
      paced(await send({ instances, people: pacedPeople, perSecond, odds: throttled }), instances),
    );
  return findings;
}
