import type { LetterTexts, Weight } from '../newsletter/types.js';
import type { TextContent } from '../content/text.js';
import type { PublicLanguage } from '../shared/languages.js';
import type { DemoPersonKey } from './people.js';

/** A demo item placed in the open issue of the newsletter. */
export interface DemoStory {
  readonly news: string;
  readonly by: DemoPersonKey;
  readonly hoursAgo: number;
  readonly weight?: Weight;
}

/** The open issue: it collects since it was opened, and its deadline is still to come. */
export const demoIssue = {
  openedBy: 'aino',
  openedHoursAgo: 37 * 24,
  deadlineInDays: 9,
  letter: {
    fi: {
      greeting:
        'Hyvä lukija, tässä numerossa apu löytyy läheltä: Elma palvelee nyt koko aluetta, ja uudet hoitopolut ovat avoinna.',
      signOff:
        'Mitä sinun hankkeessasi tapahtuu? Kerro siitä Big Roomissa, niin autamme kertomaan muillekin.\n\nTerveisin Aino ja Linnea',
    },
    sv: {
      greeting:
        'Bästa läsare, i det här numret finns hjälpen nära: Elma betjänar nu hela området, och nya vårdstigar är öppna.',
      signOff:
        'Vad händer i ditt projekt? Berätta om det i Big Room, så hjälper vi dig att sprida det vidare.\n\nHälsningar, Aino och Linnea',
    },
  },
  stories: [
    { news: 'anxiety-pathway-open', by: 'aino', hoursAgo: 36 * 24 },
    { news: 'drinking-less-pathway', by: 'linnea', hoursAgo: 13 * 24 + 8 },
    { news: 'therapy-navigator', by: 'aino', hoursAgo: 9 * 24 + 20, weight: 1 },
    { news: 'elma-whole-region', by: 'aino', hoursAgo: 6 * 24 + 9, weight: 3 },
  ],
} as const satisfies {
  openedBy: DemoPersonKey;
  openedHoursAgo: number;
  deadlineInDays: number;
  letter: Record<PublicLanguage, LetterTexts>;
  stories: readonly DemoStory[];
};

/** What became of a demo release after it was made. */
export type DemoReleaseEnd =
  | { readonly is: 'draft' }
  | { readonly is: 'published'; readonly hoursAgo: number }
  | { readonly is: 'scheduled'; readonly hoursAgo: number; readonly inDays: number; readonly time: string };

/** An intranet release of the demo: made of an item, or of texts of its own in both languages. */
export interface DemoRelease {
  readonly key: string;
  readonly by: DemoPersonKey;
  readonly hoursAgo: number;
  readonly from:
    | { readonly news: string }
    | { readonly words: { readonly fi: TextContent; readonly sv: TextContent } };
  readonly end: DemoReleaseEnd;
}

const mediaService: DemoRelease = {
  key: 'media-distribution',
  by: 'aino',
  hoursAgo: 2 * 24 + 4,
  from: {
    words: {
      fi: {
        title: 'Mediatiedotteet lähtevät uuden jakelupalvelun kautta',
        lead: 'Tiedote tavoittaa toimitukset samalla hetkellä suomeksi ja ruotsiksi. Hankkeiden työ näkyy paremmin myös ruotsinkielisessä mediassa.',
        body: `Otamme käyttöön uuden mediatiedotteiden jakelupalvelun. Sen kautta tiedote lähtee noin 300 toimitukseen ja tulee samalla luettavaksi verkkosivuillemme.

Palvelu kertoo, mitkä toimitukset avasivat tiedotteen ja missä siitä kirjoitettiin. Näin opimme, mikä kiinnostaa ja milloin tiedote kannattaa lähettää.

Hankkeissa työ jatkuu ennallaan:

- Kerro uutisesi Big Roomissa ja valitse kanavaksi mediatiedote.
- Sovi, kuka vastaa toimittajille, ja varmista, että hän on tavoitettavissa julkaisupäivänä.
- Kysy neuvoa viestinnästä ennen kuin lupaat haastattelun toisen puolesta.`,
      },
      sv: {
        title: 'Pressmeddelandena går ut genom en ny tjänst',
        lead: 'Ett meddelande når redaktionerna samtidigt på svenska och finska. Projektens arbete syns bättre också i de svenskspråkiga medierna.',
        body: `Vi tar i bruk en ny tjänst för att sprida pressmeddelanden. Genom den når ett meddelande ungefär 300 redaktioner och kan samtidigt läsas på vår webbplats.

Tjänsten berättar vilka redaktioner som öppnade meddelandet och var det omnämndes. Så lär vi oss vad som intresserar och när det lönar sig att skicka.

För projekten fortsätter arbetet som förut:

- Berätta din nyhet i Big Room och välj pressmeddelande som kanal.
- Kom överens om vem som svarar journalisterna, och se till att personen kan nås den dag meddelandet publiceras.
- Fråga kommunikatörerna till råds innan du lovar en intervju för någon annans räkning.`,
      },
    },
  },
  end: { is: 'draft' },
};

/** The releases of the demo, oldest first. */
export const demoReleases: readonly DemoRelease[] = [
  {
    key: 'anxiety-pathway-open',
    by: 'aino',
    hoursAgo: 39 * 24 + 4,
    from: { news: 'anxiety-pathway-open' },
    end: { is: 'published', hoursAgo: 38 * 24 + 6 },
  },
  {
    key: 'elma-whole-region',
    by: 'linnea',
    hoursAgo: 6 * 24,
    from: { news: 'elma-whole-region' },
    end: { is: 'scheduled', hoursAgo: 5 * 24 + 3, inDays: 3, time: '09:00' },
  },
  {
    key: 'digital-services-page',
    by: 'aino',
    hoursAgo: 4 * 24 + 2,
    from: { news: 'digital-services-page' },
    end: { is: 'draft' },
  },
  mediaService,
];
