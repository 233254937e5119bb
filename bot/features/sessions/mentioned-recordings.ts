import { normalise } from '../../../src/shared/normalise.js';
import { spaced } from '../../conversation/understanding/words.js';
import type { Mentioned } from './mentioned.js';

const recording = /^(tallen|nauho|inspel|recording|arkist|arkiv|archiv)/u;
/** Said of several: all of them are asked for. */
const several =
  /^(tallente(et|it|id|is|ill)|nauhoi(tuks|tte)|inspelningar|recordings|arkisto|arkiv|archive)/u;
/** Said of one: the last time, and not of what. */
const lastTime = /^(viime|edelli|senast|förra|forra|last$|latest|previous|missa|missed)/u;
/** Said around the name of a thing. */
const around: readonly string[] = spaced(`
  missä missa mistä mista mihin mikä mitä mita onko ovatko olisiko voiko voinko voisinko voisitko saisinko saisiko saanko
  katsoa katsottua katsottavissa katsottavaksi katsottavana kuunnella nähdä nahda näkyy näkee tarvitsen haluan haluaisin
  linkki linkin linkit linkkiä tuosta tuon siitä niitä niistä kaikki kaikkia täältä sieltä jossain jostain joku kiitos
  lähetä lähettää lähettäisitkö anna antaa laita laittaa vielä enää jälkikäteen big room roomin roomit minulle mulle
  vilka vilken vart finns finnas hitta hittar titta tittar lyssna skicka skickar behöver länk länken länkar från fran
  alla allt dessa denna detta efteråt efterhand någonstans kunde vill snälla tack ännu kvar
  where what which find found watch view listen listening send give show share have there from with about that this these
  those please thanks could would want need afterwards somewhere link links still available online
`);
const aroundStems =
  /^(löyd|löyty|loyd|loyt|tilais|evenem|session|hanker|hankera|projektr|koulut|utbild|train|esity|esitte|present)/u;

export const maxWords = 3;
const shortest = 4;
/** Finnish words end in many ways: the beginning of a word finds it. */
const stemLetters = 5;

/** What somebody asks for who asks for several recordings, or for one by what it is about. */
export interface AskedRecordings {
  readonly kind?: Mentioned['kind'];
  /** Beginnings of words of the topic, the presenter or the project. */
  readonly words?: readonly string[];
}

/** `undefined` where a sentence asks for the last one, for that of a day, or for something else. */
export function recordingsIn(text: string, { kind, days }: Mentioned): AskedRecordings | undefined {
  const words = normalise(text.slice(0, 500))
    .replace(/<at\b[^>]*>.*?<\/at>|<[^>]*>/gis, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  if (days.length > 0 || !words.some((word) => recording.test(word))) return undefined;
  if (words.some((word) => lastTime.test(word))) return undefined;
  const of = kind === undefined ? {} : { kind };
  const named = words
    .filter(
      (word) =>
        word.length >= shortest && !recording.test(word) && !around.includes(word) && !aroundStems.test(word),
    )
    .map((word) => word.slice(0, stemLetters))
    .slice(0, maxWords);
  if (named.length > 0) return { ...of, words: named };
  return words.some((word) => several.test(word)) ? of : undefined;
}
