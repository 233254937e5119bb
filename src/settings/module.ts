import type { ShowNotice } from '../delivery/notices.js';
import type { Mailer } from '../delivery/mail/mailer.js';
import type { Module } from '../module.js';
import type { MemberService } from '../people/members.js';
import type { ProgrammePlace, Programmes } from '../people/programmes.js';
import { firstProgramme } from '../people/person.js';
import type { PeopleService } from '../people/service.js';
import type { Clock } from '../platform/clock.js';
import type { ProgrammeId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import type { Partition } from '../platform/partition.js';
import type { CheckId } from '../shared/answers/set-up.js';
import { checkService, type Check } from './check.js';
import type { Facts } from './checklist.js';
import type { Directory } from './directory.js';
import {
  botCheck,
  localIntranetCheck,
  mailCheck,
  missingCheck,
  storageCheck,
  triedNotice,
} from './own-checks.js';
import { programmeService } from './programme.js';
import { settingsRoutes } from './routes.js';

interface Deps {
  readonly place: ProgrammePlace;
  readonly partition: Partition;
  readonly people: PeopleService;
  readonly members: MemberService;
  readonly programmes?: Programmes | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly publicUrl: string;
  /** Whether all of it is on this machine, as in trial mode. */
  readonly isLocal: boolean;
  readonly mailer?: Mailer | undefined;
  /** From which mailbox mail leaves. */
  readonly sender?: string | undefined;
  /** What can be tried outside; the intranet is that of Big Room where none is among them. */
  readonly checks?: readonly Check[] | undefined;
  readonly directory?: Directory | undefined;
  /** By which the bot shows a notice; known once there is a bot. */
  readonly show: () => ShowNotice | undefined;
  readonly hasSeries: () => Promise<boolean>;
}

/** In the order in which they are listed. */
const order: readonly CheckId[] = ['storage', 'bot', 'intranet', 'organiser', 'mail', 'directory'];

/** What admins set, what is outside, and what is still missing. */
export function settingsModule(deps: Deps): Module {
  const { place, partition, people, clock, isLocal, mailer, sender, checks = [] } = deps;
  const own = [
    storageCheck(partition, { clock, isLocal }),
    botCheck(deps.show, isLocal),
    mailCheck({ mailer, sender, isLocal, programme: () => people.programme() }),
    ...checks,
    localIntranetCheck(`${deps.publicUrl}/#/intranet`, isLocal ? 'local' : 'set'),
  ];
  const all = order.map((id) => own.find((check) => check.id === id) ?? missingCheck(id));
  const id = place.name === '' ? firstProgramme.id : (place.name as ProgrammeId);
  return {
    routes: settingsRoutes({
      ...deps,
      programme: programmeService({ people, id }),
      checks: checkService(all, deps.log),
      facts: async (): Promise<Pick<Facts, 'hasHelper' | 'hasSeries'>> => {
        const [helper, hasSeries] = await Promise.all([people.helper(), deps.hasSeries()]);
        return { hasHelper: (helper.own ?? helper.usual) !== undefined, hasSeries };
      },
    }),
    notices: [triedNotice],
  };
}
