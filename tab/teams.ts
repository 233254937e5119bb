import { languages, type Language } from '../src/shared/languages.js';
import { meetingChatIn } from '../src/shared/teams-meeting.js';

/** The themes of Teams. */
export const themeNames = ['light', 'dark', 'highContrast'] as const;
export type ThemeName = (typeof themeNames)[number];

/** Why the page can't show what it was opened for. */
export type HostTrouble = 'permission' | 'offline' | 'other';

/** What the tab knows from its Teams host. */
export interface Host {
  readonly theme: ThemeName;
  readonly language?: Language;
  /** Where a deep link points: a place as in the address after `#`. */
  readonly place?: string;
  /** The chat of the meeting in which the tab is; empty where Teams does not say which. */
  readonly meetingChat?: string;
  /** Calls when the person changes the theme of Teams. */
  onTheme(changed: (theme: ThemeName) => void): void;
  /** Says to Teams that the page is shown, so that Teams removes its loading indicator. */
  ready(): void;
  /** Says to Teams that a page is shown which explains why nothing else can be. */
  showTrouble(trouble: HostTrouble): void;
}

function themeOf(name: string | undefined): ThemeName {
  if (name === 'dark') return 'dark';
  return name === 'contrast' ? 'highContrast' : 'light';
}

/** How Teams on phones, which puts the page into a view of its own instead of a frame, is written to. */
interface NativeWindow extends Window {
  readonly nativeInterface?: { readonly framelessPostMessage?: unknown };
}

/** Whether the tab is (or claims to be) inside Teams: framed, in the view of a phone, or opened with `?host=teams`. */
export function isInHost(window: NativeWindow): boolean {
  const isOnPhone = typeof window.nativeInterface?.framelessPostMessage === 'function';
  return (
    isOnPhone ||
    window.parent !== window ||
    new URLSearchParams(window.location.search).get('host') === 'teams'
  );
}

/** Greets the host; undefined means a plain browser. */
export async function meetHost(): Promise<Host | undefined> {
  try {
    const { greet, notifyShown, notifyTrouble, onTheme } = await import('./teams-host.js');
    const context = await greet();
    const meetingChat = meetingChatIn({ meetingId: context.meeting?.id, chatId: context.chat?.id });
    const language = languages.find((candidate) => context.app.locale.toLowerCase().startsWith(candidate));
    return {
      theme: themeOf(context.app.theme),
      ...(language === undefined ? {} : { language }),
      ...(context.page.subPageId ? { place: context.page.subPageId } : {}),
      ...(meetingChat === undefined ? {} : { meetingChat }),
      onTheme: (changed) => onTheme((name) => changed(themeOf(name))),
      ready: notifyShown,
      showTrouble: notifyTrouble,
    };
  } catch {
    return undefined;
  }
}
