import type { MessageKey } from '../src/i18n/keys.js';
import type { Permission } from '../src/people/permissions.js';
import type { Language } from '../src/shared/languages.js';
import type { ButtonData, LinkData } from './cards/parts.js';
import type { Draft } from './conversation/understanding/story.js';
import type { Answer, Problem, Turn } from './conversation/turn.js';
import type { Intent, Press, WordKind } from './conversation/understanding/intent.js';
import type { ActivityViews } from './proactive/feed.js';
import type { FanOutViews, NoticeViews } from './proactive/views.js';

/** What one button of a card does, and who may press it. */
export interface CardAction {
  /** Stands in cards that lie in chats: it keeps its name, which begins with what it is about. */
  readonly verb: string;
  readonly permission: Permission;
  /**
   * `everyone`: its answer holds nothing of the presser's own and nothing typed, so that others may read it too. `asker`: so
   * too, but it is of no use to them; they see it only where Teams can't show it to one person. Without this the answer is
   * shown to the presser alone; so is each answer of {@link CardAction.recover}.
   */
  readonly audience?: 'everyone' | 'asker';
  /** @throws AppError of the services. */
  handle(turn: Turn, data: Press['data']): Promise<Answer | Problem>;
  /** Answers a fault with the same card and all that was typed; without it, the fault is said on a card of its own. */
  recover?(turn: Turn, data: Press['data'], error: unknown): Promise<Answer>;
}

/** Something that somebody wrote which asks for nothing. */
export interface Said {
  readonly text: string;
  /** Of the message: one that is delivered twice has the same. */
  readonly key: string;
  /** In which it is written, or the person's own where that is not clear. */
  readonly language: Language;
  /** The news in it, where it is long enough or says so. */
  readonly draft?: Draft;
  /** Whether there are guesses what it may ask for. */
  readonly hasGuesses: boolean;
}

/** A button among those that the bot offers with its help. */
export interface MenuItem {
  readonly title: MessageKey;
  readonly verb: string;
  readonly style?: 'positive';
}

/** Something that waits for a person: the bot begins with it. */
export interface WaitingThing {
  /** What is shown first: 1 is asked of them and soon, 2 is asked of them, 3 comes next. */
  readonly rank: 1 | 2 | 3;
  /** Small, above the title. */
  readonly about: string;
  readonly title: string;
  readonly text: string;
  readonly links: readonly LinkData[];
  readonly actions: readonly ButtonData[];
}

/** What a feature adds to the bot. `bot/index.ts` lists the features; nothing else knows them. */
export interface BotFeature {
  /** The words of which its intents are made, in three languages. */
  readonly words?: readonly WordKind[];
  /** Real words a letter or two away from its own, which are no typing mistake. */
  readonly lookalikes?: readonly string[];
  /** What people write, and what is answered. */
  readonly intents?: readonly Intent[];
  /** What somebody wrote that asks for nothing, as the button for which it stands; `undefined` where it means nothing here. */
  heard?(turn: Turn, said: Said): Promise<Press | undefined>;
  /** Another button than the one for which a text stands, where the text says what it is about. */
  narrowed?(turn: Turn, said: Said, press: Press): Promise<Press | undefined>;
  /** What waits for the person; asked where they are alone with the bot. */
  waiting?(turn: Turn): Promise<readonly WaitingThing[]>;
  readonly menu?: readonly MenuItem[];
  readonly cardActions?: readonly CardAction[];
  /** The cards of its notices and fan-outs, by kind. */
  readonly notices?: NoticeViews;
  readonly fanOuts?: FanOutViews;
  /** What the activity feed of Teams says of them where that is more exact than the first lines of the card. */
  readonly activities?: ActivityViews;
}
