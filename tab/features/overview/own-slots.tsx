import { ChevronRight20Regular } from '@fluentui/react-icons';
import type { OwnSlot } from '../../../src/sessions/topics/own-slots.js';
import { translatedTo } from '../../../src/shared/translated.js';
import { listOwnSlots } from '../../shared/api.js';
import { useMay, useShell, useText } from '../../shared/context.js';
import { KindMark } from '../../shared/kind-mark.js';
import { href } from '../../shared/route.js';
import { useFresh } from '../../shared/use-fresh.js';
import { useLoad } from '../../shared/use-load.js';
import css from './overview.module.css';

/** The coming slots of one's own projects, for those who present and do not lead the sessions. */
export function OwnSlots() {
  const { session } = useShell();
  const may = useMay();
  const isPresenter = may('session:take') && !may('session:edit') && session.person.projects.length > 0;
  return isPresenter ? <Slots /> : null;
}

/** Draws nothing until they are here: below what waits, nothing is pushed away by it. */
function Slots() {
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad('own slots', () => listOwnSlots(api));
  useFresh(loaded.refresh);
  if (loaded.state !== 'ready' || loaded.value.slots.length === 0) return null;
  return (
    <section className={css.mine} aria-labelledby="own-slots">
      <h2 id="own-slots">{t('overview.slots.title')}</h2>
      <ul className={css.lines}>
        {loaded.value.slots.map((slot) => (
          <Slot key={slot.occurrence.id} slot={slot} />
        ))}
      </ul>
    </section>
  );
}

/** Where what is missing is settled: the questions where nothing else is. */
function placeOf({ missing, openQuestions }: OwnSlot): string {
  return missing.length === 0 && openQuestions > 0 ? 'questions' : 'presenter';
}

function Slot({ slot }: { readonly slot: OwnSlot }) {
  const { occurrence, missing, openQuestions } = slot;
  const { t, dates, language } = useText();
  const talk = occurrence.talk && translatedTo(language, occurrence.talk);
  const name = occurrence.names[language];
  const isProposed = occurrence.slot?.how === 'proposed';
  const facts = [
    ...(isProposed ? [t('overview.slots.proposed')] : []),
    ...missing.map((what) => t(`overview.slots.missing.${what}`)),
    ...(openQuestions > 0 ? [t('overview.slots.questions', { count: openQuestions })] : []),
  ];
  const isComplete = facts.length === 0;
  return (
    <li>
      <a className={css.line} href={href(['sessions', occurrence.id], { to: placeOf(slot) })}>
        <KindMark kind={occurrence.kind} size="large" />
        <span className={css.words}>
          <span className={css.title} lang={talk?.language}>
            {talk?.topic ?? name}
          </span>
          <span className={css.detail}>
            {[talk === undefined ? undefined : name, dates.moment(occurrence.start)]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <span className={css.owed} data-complete={isComplete}>
            {isComplete ? t('overview.slots.complete') : facts.join(' · ')}
          </span>
        </span>
        <ChevronRight20Regular aria-hidden="true" />
      </a>
    </li>
  );
}
