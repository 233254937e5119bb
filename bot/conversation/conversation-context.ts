import type { PersonId } from '../../src/platform/ids.js';
import { languageOf } from '../../src/shared/languages.js';
import { shownName } from '../../src/shared/normalise.js';
import type { Log } from '../../src/platform/log.js';
import {
  type ChatAddress,
  type Person,
  type Programme,
  firstProgramme,
  latestChat,
} from '../../src/people/person.js';
import { type PeopleService, type TeamsUser, personIdOf } from '../../src/people/service.js';
import { type CheckedActivity, tenantOf } from '../channel/activity.js';
import type { Scope, Turn } from './turn.js';

/** Ids of channels end so, and have the thread behind them. */
const channelId = /@thread\.(tacv2|skype)(;|$)/;
/** Ids of a chat of the bot and one person begin so. */
const personalPrefix = 'a:';

/**
 * Who reads what is said there. Personal is only what the type or the id calls so: what is for one person must not land
 * where others read, and an activity may come without its type.
 */
export function scopeOf({ conversation, channelData }: CheckedActivity): Scope {
  const { id, conversationType: type, isGroup } = conversation;
  const isInTeam =
    channelId.test(id) || (channelData?.team ?? channelData?.channel ?? undefined) !== undefined;
  if (type === 'channel' || (type !== 'groupChat' && isInTeam)) return 'channel';
  if (type === 'groupChat' || isGroup === true) return 'group';
  return type === 'personal' || id.startsWith(personalPrefix) ? 'personal' : 'group';
}

export function userOf({ from, locale }: CheckedActivity): TeamsUser {
  return {
    id: from.id,
    name: from.name ?? '',
    ...(typeof from.givenName === 'string' && { givenName: from.givenName }),
    ...(typeof from.aadObjectId === 'string' && { aadObjectId: from.aadObjectId }),
    ...(typeof locale === 'string' && { locale }),
  };
}

/** Where Teams reaches the person again. Among others it is not said where they speak with the bot alone. */
function addressOf(activity: CheckedActivity): ChatAddress {
  return {
    tenantId: tenantOf(activity) ?? '',
    userId: activity.from.id,
    ...(scopeOf(activity) === 'personal' && { conversationId: activity.conversation.id }),
    serviceUrl: activity.serviceUrl,
    channelId: activity.channelId,
    botId: activity.recipient.id,
  };
}

/** Where somebody has just spoken, and as whom they are known there. */
export function placeOf(activity: CheckedActivity): ChatAddress & { readonly conversationId: string } {
  return { ...addressOf(activity), conversationId: activity.conversation.id };
}

/** The conversation of several in which something was said: a channel's own, not that of one thread in it. */
function sharedConversationOf(activity: CheckedActivity): Turn['sharedConversation'] {
  if (scopeOf(activity) === 'personal') return undefined;
  const conversationId = activity.conversation.id.replace(/;messageid=.*$/, '');
  const { team, channel } = activity.channelData ?? {};
  const names = [team?.name, channel?.name ?? activity.conversation.name].filter(
    (name): name is string => typeof name === 'string' && name !== '',
  );
  return {
    name: shownName(names.join(' · ')),
    chat: { ...addressOf(activity), conversationId },
  };
}

/** Somebody who cannot be looked up now; enough to answer them. */
export function strangerOf(user: TeamsUser): Person {
  const id: PersonId = personIdOf(user);
  return { id, name: user.name, role: 'worker', language: languageOf(user.locale), projects: [] };
}

const noProgramme: Programme = { ...firstProgramme, names: { fi: '', sv: '', en: '' }, projects: [] };

interface ContextDeps {
  readonly people: PeopleService;
  /** Lets what waited for somebody leave who can be reached now. */
  readonly deliverWaiting: (personId: PersonId) => Promise<unknown>;
  readonly log: Log;
}

/** Who speaks and where, and where they can be reached again. */
export function conversationContext({ people, deliverWaiting, log }: ContextDeps) {
  // A form can be drawn again with this while the storage is away.
  let lastProgramme = noProgramme;

  /** Keeps where a person can be reached, and lets what waited for them leave; costs nothing when it is known. */
  async function remember(person: Person, activity: CheckedActivity): Promise<Person> {
    const address = addressOf(activity);
    if (latestChat(person.chat, address) === person.chat) return person;
    let met = person;
    try {
      met = await people.rememberChat(person.id, address);
      await deliverWaiting(person.id);
    } catch (error) {
      // What was asked for matters more. The next message brings the address again, and what waits is checked each day.
      log.warn('bot.addressNotKept', { error });
    }
    return met;
  }

  /** The turn of somebody of whom nothing is known but what the activity says; stores nothing. */
  function strangerTurn(activity: CheckedActivity): Turn {
    const person = strangerOf(userOf(activity));
    return { person, language: person.language, scope: scopeOf(activity), programme: lastProgramme };
  }

  return {
    remember,
    strangerTurn,
    /** `fault`: what kept us from knowing; the turn then serves only to answer. */
    turnOf: async (
      activity: CheckedActivity,
      givenName?: string,
    ): Promise<{ turn: Turn; fault?: unknown }> => {
      const user = { ...userOf(activity), ...(givenName !== undefined && { givenName }) };
      const scope = scopeOf(activity);
      try {
        const [known, programme] = await Promise.all([people.byTeamsUser(user), people.programme()]);
        lastProgramme = programme;
        const person = await remember(known, activity);
        const sharedConversation = sharedConversationOf(activity);
        const turn = {
          person,
          language: person.language,
          scope,
          programme,
          ...(sharedConversation && { sharedConversation }),
        };
        return { turn };
      } catch (fault) {
        return { turn: strangerTurn(activity), fault };
      }
    },
  };
}
