import { z } from 'zod';
import type { OnlineMeetings } from '../../sessions/calendar/meetings.js';
import type { MeetingAccess } from '../../shared/series-meetings.js';
import type { GraphClient } from './graph-client.js';
import { GraphFault, isItemMissing, isOrganiserMissing, toCalendarError } from './graph-http.js';

const meeting = z.object({
  id: z.string(),
  lobbyBypassSettings: z
    .object({ scope: z.string().nullish(), isDialInBypassEnabled: z.boolean().nullish() })
    .nullish(),
  allowedPresenters: z.string().nullish(),
  allowAttendeeToEnableMic: z.boolean().nullish(),
  allowAttendeeToEnableCamera: z.boolean().nullish(),
});
type Meeting = z.infer<typeof meeting>;

const scopes = { everyone: 'everyone', organisation: 'organization' } as const;

const bodyOf = ({ lobby, presenters, microphones, cameras }: MeetingAccess) => ({
  // Who calls in by telephone is nobody's member: they come in where everybody does.
  lobbyBypassSettings: { scope: scopes[lobby], isDialInBypassEnabled: lobby === 'everyone' },
  allowedPresenters: scopes[presenters],
  allowAttendeeToEnableMic: microphones,
  allowAttendeeToEnableCamera: cameras,
});

/** Anything narrower or in between is not everybody. */
const choiceOf = (scope: string | null | undefined): MeetingAccess['lobby'] =>
  scope === 'everyone' ? 'everyone' : 'organisation';

const holdsOf = (read: Meeting): MeetingAccess => ({
  lobby: choiceOf(read.lobbyBypassSettings?.scope),
  presenters: choiceOf(read.allowedPresenters),
  microphones: read.allowAttendeeToEnableMic !== false,
  cameras: read.allowAttendeeToEnableCamera !== false,
});

function isAsWanted(read: Meeting, access: MeetingAccess): boolean {
  const wanted = bodyOf(access);
  const { lobbyBypassSettings: lobby } = read;
  return (
    lobby?.scope === wanted.lobbyBypassSettings.scope &&
    lobby.isDialInBypassEnabled === wanted.lobbyBypassSettings.isDialInBypassEnabled &&
    read.allowedPresenters === wanted.allowedPresenters &&
    read.allowAttendeeToEnableMic === wanted.allowAttendeeToEnableMic &&
    read.allowAttendeeToEnableCamera === wanted.allowAttendeeToEnableCamera
  );
}

/**
 * Who gets into the organiser's meetings (https://learn.microsoft.com/graph/api/onlinemeeting-update). The organiser is named
 * by object id; it needs `OnlineMeetings.ReadWrite.All` and an application access policy of Teams for the organiser. What the
 * meeting policies of the tenant don't allow, Graph refuses or takes without effect; so it is read back.
 */
export function graphMeetings(client: GraphClient, organiser: string): OnlineMeetings {
  async function set(joinUrl: string, access: MeetingAccess): ReturnType<OnlineMeetings['set']> {
    const $filter = `JoinWebUrl eq '${joinUrl.replaceAll("'", "''")}'`;
    const list = { method: 'GET', path: '/onlineMeetings', query: { $filter } } as const;
    const [found] = await client.list(organiser, list, meeting);
    if (found === undefined) return { is: 'notOurs' };
    if (isAsWanted(found, access)) return { is: 'set', holds: access };
    const path = `/onlineMeetings/${encodeURIComponent(found.id)}`;
    await client.call(organiser, { method: 'PATCH', path, body: bodyOf(access) });
    const read = meeting.parse(await client.call(organiser, { method: 'GET', path }));
    return { is: 'set', holds: holdsOf(read) };
  }

  return {
    async set(joinUrl, access) {
      try {
        return await set(joinUrl, access);
      } catch (error) {
        if (isItemMissing(error)) return { is: 'notOurs' };
        const isRefused =
          error instanceof GraphFault && error.kind === 'refused' && !isOrganiserMissing(error);
        // A token that was not given is a matter of the settings, which somebody may be mending.
        if (isRefused && error.status !== 401) return { is: 'refused', reason: error.code };
        throw toCalendarError(error);
      }
    },
  };
}
