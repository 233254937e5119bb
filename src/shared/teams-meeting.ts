const teamsHosts = /(^|\.)(teams\.microsoft\.(com|us)|teams\.cloud\.microsoft|teams\.live\.com)$/;
/** A chat of Teams: of a meeting, or a channel in which one is held. */
const chatId = /^19:[\w-]{1,200}@thread\.(v2|tacv2|skype)$/;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * The chat of the meeting that a link to join leads to: `https://teams.microsoft.com/l/meetup-join/<chat>/…`. `undefined` for
 * the short links, `…/meet/<number>`, which do not name it, and for other services.
 */
export function meetingChatOf(joinUrl: string): string | undefined {
  if (!URL.canParse(joinUrl)) return undefined;
  const { hostname, pathname } = new URL(joinUrl);
  if (!teamsHosts.test(hostname)) return undefined;
  const [, part] = /^\/l\/meetup-join\/([^/]+)/.exec(pathname) ?? [];
  // Mail programs encode what was encoded already.
  const chat = part === undefined ? '' : decoded(decoded(part));
  return chatId.test(chat) ? chat : undefined;
}

/** What Teams says to a tab of where it is (https://learn.microsoft.com/javascript/api/@microsoft/teams-js/app.context). */
export interface MeetingContext {
  /** The id of the meeting: `0#<chat>#0` as base64. Only in a meeting, and in its chat and its details. */
  readonly meetingId: string | undefined;
  /** The id of the chat in which the tab is. */
  readonly chatId: string | undefined;
}

/** The chat of the meeting in which a tab is; empty where Teams does not say which, `undefined` in no meeting. */
export function meetingChatIn({ meetingId, chatId: chat }: MeetingContext): string | undefined {
  if (meetingId === undefined || meetingId === '') return undefined;
  if (chat !== undefined && chatId.test(chat)) return chat;
  try {
    const [, named = ''] = globalThis.atob(meetingId).split('#');
    return chatId.test(named) ? named : '';
  } catch {
    return '';
  }
}
