import { Button } from '@fluentui/react-components';
import { Dismiss20Regular, ThumbLike16Filled, WifiOff20Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import { nowAndNext, timedAgenda, type TimedEntry } from '../../../../src/shared/agenda-times.js';
import { publicLanguages, type Language } from '../../../../src/shared/languages.js';
import { translatedTo } from '../../../../src/shared/translated.js';
import type { WallAnswer } from '../../../../src/shared/answers/sessions.js';
import type { AgendaItem } from '../../../../src/sessions/series/series.js';
import { TextsContext, useProjectNameIn, useText } from '../../../shared/context.js';
import { KindMark } from '../../../shared/kind-mark.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { go } from '../../../shared/use-route.js';
import { titleOf } from '../../../text.js';
import { lifeOf, useServerTime } from '../occurrence/life.js';
import { QrCode } from './qr-code.js';
import { useScreenOn, useWall } from './use-wall.js';
import { turnSeconds, useTextsIn, type WallLanguage } from './use-wall-texts.js';
import css from './wall.module.css';

/** A session full screen, to be read from the back of a room; it needs nobody while it runs. */
export function Wall({ id }: { readonly id: string }) {
  const { language } = useText();
  const [chosen, choose] = useState<WallLanguage>(language === 'sv' ? 'sv' : 'fi');
  const { loaded, awaySince } = useWall(id);
  useScreenOn();
  useFullScreen(id);
  return (
    <div className={css.wall}>
      <Await loaded={loaded} bones={<Bones rows={3} height={160} />}>
        {(wall) => <InLanguage wall={wall} awaySince={awaySince} chosen={chosen} />}
      </Await>
      <Controls id={id} chosen={chosen} onChoose={choose} />
    </div>
  );
}

/** Leaves the full screen with the wall, and the wall with the full screen, as Esc does. */
function useFullScreen(id: string): void {
  useEffect(() => {
    const onChange = (): void => {
      if (document.fullscreenElement === null) go(href(['sessions', id]));
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
    };
  }, [id]);
}

interface Shown {
  readonly wall: WallAnswer;
  readonly awaySince: string | undefined;
}

function InLanguage({ wall, awaySince, chosen }: Shown & { readonly chosen: WallLanguage }) {
  const turn = useServerTime(wall.now, (now) => Math.floor(now / 1_000 / turnSeconds) % 2);
  const language: Language = chosen === 'both' ? (publicLanguages[turn] ?? 'fi') : chosen;
  const texts = useTextsIn(language);
  return (
    <TextsContext value={texts}>
      <article className={css.screen} lang={language}>
        <Head wall={wall} />
        <Body wall={wall} />
        <Foot wall={wall} awaySince={awaySince} />
      </article>
    </TextsContext>
  );
}

/** Which life the session is in, and the minutes that are left of it. */
function useWallLife({ occurrence, now }: WallAnswer) {
  const written = useServerTime(now, (at) => {
    const { name, minutes, hasBegun } = lifeOf(occurrence, at);
    const isOn = name === 'now' && hasBegun;
    return `${isOn ? 'on' : name === 'now' ? 'before' : name} ${String(minutes)}`;
  });
  const [life = '', minutes = '0'] = written.split(' ');
  return { life: life as 'before' | 'on' | 'after' | 'cancelled', minutes: Number(minutes) };
}

function Head({ wall }: { readonly wall: WallAnswer }) {
  const { dates, language } = useText();
  const { names, kind } = wall.occurrence;
  const minute = useServerTime(wall.now, (now) => Math.floor(now / 60_000));
  const clock = new Date(minute * 60_000).toISOString();
  return (
    <header className={css.head}>
      <span className={css.series}>
        <KindMark kind={kind} size="large" />
        {names[language]}
      </span>
      <time className={css.clock} dateTime={clock}>
        {dates.time(clock)}
      </time>
    </header>
  );
}

function Body({ wall }: { readonly wall: WallAnswer }) {
  const { t } = useText();
  const { life } = useWallLife(wall);
  return (
    <div className={css.body} data-life={life}>
      <div className={css.main}>
        {life === 'after' && <p className={css.thanks}>{t('sessions.wall.thanks')}</p>}
        {life === 'cancelled' && <p className={css.thanks}>{t('sessions.wall.cancelled')}</p>}
        <Talk occurrence={wall.occurrence} />
        {life === 'on' && <NowAndNext wall={wall} />}
        {life === 'before' && <Program wall={wall} />}
        {life === 'after' && <p className={css.quiet}>{t('sessions.wall.after')}</p>}
      </div>
      {(life === 'on' || life === 'before') && (
        <div className={css.aside}>
          {life === 'on' && <Questions wall={wall} />}
          <Join wall={wall} />
        </div>
      )}
    </div>
  );
}

function Talk({ occurrence }: { readonly occurrence: OccurrenceLine }) {
  const { language } = useText();
  const projectName = useProjectNameIn(language);
  const { names, slot } = occurrence;
  const talk = occurrence.talk && translatedTo(language, occurrence.talk);
  const isAgreed = slot !== undefined && slot.how !== 'nobody' && slot.how !== 'proposed';
  const presenters = [talk?.presenter, isAgreed ? projectName(slot.projectId) : undefined].filter(Boolean);
  return (
    <div className={css.talk} data-alone={talk === undefined}>
      <h1 lang={talk?.language}>{talk?.topic ?? names[language]}</h1>
      {presenters.length > 0 && <p>{presenters.join(' · ')}</p>}
    </div>
  );
}

/** What is on and what follows, with their clock times and the minutes that are left of what is on. */
function NowAndNext({ wall: { items, occurrence, now } }: { readonly wall: WallAnswer }) {
  const { t } = useText();
  const entries = timedAgenda(items, occurrence);
  const found = useServerTime(now, (at) => {
    const { current, next } = nowAndNext(entries, at);
    const left = current?.end === undefined ? '' : Math.ceil((Date.parse(current.end) - at) / 60_000);
    return [current?.item.id ?? '', next?.item.id ?? '', left].join('|');
  });
  const [currentId, nextId, left = ''] = found.split('|');
  const entryOf = (id: string | undefined) => entries.find(({ item }) => item.id === id);
  const [current, next] = [entryOf(currentId), entryOf(nextId)];
  if (entries.length === 0) return null;
  return (
    <dl className={css.agenda}>
      {current !== undefined && (
        <div className={css.current}>
          <Entry entry={current} when={t('sessions.agenda.now')} />
          {left !== '' && (
            <dd className={css.left}>{t('sessions.wall.entryLeft', { minutes: Number(left) })}</dd>
          )}
        </div>
      )}
      {next !== undefined && (
        <div className={css.next}>
          <Entry entry={next} when={t('sessions.wall.next')} />
        </div>
      )}
    </dl>
  );
}

function Entry({
  entry: { item, start, end },
  when,
}: {
  readonly entry: TimedEntry<AgendaItem>;
  readonly when: string;
}) {
  const { dates, language } = useText();
  const { title, language: written } = titleOf(item.title, language);
  const times = [start, end].flatMap((time) => (time === undefined ? [] : [dates.time(time)]));
  return (
    <>
      <dt>
        {when} {times.length > 0 && <span className={css.times}>{times.join('–')}</span>}
      </dt>
      <dd lang={written}>{title}</dd>
    </>
  );
}

/** As many as are read from the back of a room. */
const maxEntries = 7;
const maxQuestions = 3;

/** The whole agenda with its clock times, before anything of it is on. */
function Program({ wall: { items, occurrence } }: { readonly wall: WallAnswer }) {
  const { dates, language } = useText();
  if (items.length === 0) return null;
  return (
    <ol className={css.program}>
      {timedAgenda(items, occurrence)
        .slice(0, maxEntries)
        .map(({ item, start }) => {
          const { title, language: written } = titleOf(item.title, language);
          return (
            <li key={item.id}>
              <span className={css.times}>{start === undefined ? '' : dates.time(start)}</span>
              <span lang={written}>{title}</span>
            </li>
          );
        })}
    </ol>
  );
}

function Questions({ wall: { questions } }: { readonly wall: WallAnswer }) {
  const { t } = useText();
  return (
    <section className={css.questions} aria-labelledby="wall-questions">
      <h2 id="wall-questions">
        {questions.length === 0
          ? t('sessions.questions.title')
          : t('sessions.wall.questions', { count: questions.length })}
      </h2>
      {questions.length === 0 ? (
        <p className={css.quiet}>{t('sessions.wall.askAway')}</p>
      ) : (
        <ul>
          {questions.slice(0, maxQuestions).map(({ id, text, votes }) => (
            <li key={id}>
              <span className={css.question}>{text}</span>
              {votes > 0 && (
                <span className={css.votes}>
                  <ThumbLike16Filled aria-hidden="true" />
                  {votes}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Addresses that no other device can reach, as in trial mode: then the code leads straight to the meeting. */
const isHere = (address: string): boolean => ['localhost', '127.0.0.1'].includes(new URL(address).hostname);

function Join({ wall: { join } }: { readonly wall: WallAnswer }) {
  const { t } = useText();
  if (join === undefined) return null;
  const { url, address } = join;
  const shown = address.replace(/^https?:\/\//, '');
  const code = shown.slice(shown.lastIndexOf('/j/'));
  return (
    <div className={css.join}>
      <QrCode text={isHere(address) ? url : address} label={t('sessions.wall.code')} />
      <div>
        <p className={css.joinTitle}>{t('sessions.wall.join')}</p>
        <p className={css.address}>
          {shown.slice(0, -code.length)}
          <wbr />
          <span>{code}</span>
        </p>
      </div>
    </div>
  );
}

function Foot({ wall, awaySince }: Shown) {
  const { t, dates } = useText();
  const { life, minutes } = useWallLife(wall);
  const { start } = wall.occurrence;
  return (
    <footer className={css.foot}>
      {life === 'on' && <p className={css.minutes}>{t('sessions.wall.left', { minutes })}</p>}
      {life === 'before' && (
        <p className={css.minutes}>
          {minutes <= 90
            ? t('sessions.wall.startsIn', { time: dates.time(start), minutes })
            : t('sessions.wall.starts', { when: dates.moment(start) })}
        </p>
      )}
      <p role="status" className={css.away}>
        {awaySince !== undefined && (
          <>
            <WifiOff20Regular aria-hidden="true" />
            {t('sessions.wall.away', { time: dates.time(awaySince) })}
          </>
        )}
      </p>
    </footer>
  );
}

/** How long the controls stay in sight after somebody has moved, in milliseconds. */
const idleAfter = 4_000;

/** The language and the way out: in sight while somebody uses pointer or keys, out of it for the room. */
function Controls(props: {
  readonly id: string;
  readonly chosen: WallLanguage;
  readonly onChoose: (language: WallLanguage) => void;
}) {
  const { id, chosen, onChoose } = props;
  const { t } = useText();
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wake = (): void => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), idleAfter);
    };
    wake();
    const events = ['pointermove', 'pointerdown', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, wake);
    return () => {
      clearTimeout(timer);
      for (const event of events) window.removeEventListener(event, wake);
    };
  }, []);
  const choices: readonly WallLanguage[] = [...publicLanguages, 'both'];
  return (
    <div className={css.controls} data-idle={isIdle}>
      <div role="group" aria-label={t('sessions.wall.language')} className={css.choices}>
        {choices.map((one) => (
          <Button
            key={one}
            size="small"
            appearance={one === chosen ? 'secondary' : 'subtle'}
            aria-pressed={one === chosen}
            {...(one !== 'both' && { lang: one })}
            onClick={() => onChoose(one)}
          >
            {one === 'both' ? t('sessions.wall.both') : t(`language.own.${one}`)}
          </Button>
        ))}
      </div>
      <Button as="a" size="small" icon={<Dismiss20Regular />} href={href(['sessions', id])}>
        {t('sessions.wall.leave')}
      </Button>
    </div>
  );
}
