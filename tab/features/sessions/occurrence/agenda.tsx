import { Button } from '@fluentui/react-components';
import { Edit20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import type { AgendaItem } from '../../../../src/sessions/series/series.js';
import { agendaFit, nowAndNext, timedAgenda } from '../../../../src/shared/agenda-times.js';
import { languages, publicLanguages, type Language } from '../../../../src/shared/languages.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { problemText } from '../../../shared/problem.js';
import { Await, Bones } from '../../../shared/states.js';
import { useSeen } from '../../../shared/use-seen.js';
import { titleOf } from '../../../text.js';
import { seriesApi } from '../api.js';
import { AgendaEditor } from '../parts/agenda-editor.js';
import { Section } from '../parts/section.js';
import { filled } from '../series/form.js';
import { useServerTime } from './life.js';
import type { OccurrenceHere } from './use-occurrence.js';
import css from './agenda.module.css';

const editId = 'agenda-edit';

/** What happens in the session, in order and with clock times; edited on its page. */
export function Agenda({
  occurrence,
  here,
  now,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  /** Where it is on, when the page was written, by the server's clock: what is on at the moment is marked. */
  readonly now?: string;
}) {
  const { t } = useText();
  const loaded = here.agenda;
  const mayEdit = useMay()('session:edit');
  const [isEditing, setEditing] = useState(false);
  const wasEditing = useRef(false);
  useEffect(() => {
    // The editor has taken the place of the button that had the focus.
    if (wasEditing.current && !isEditing) document.getElementById(editId)?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  const mayChange = mayEdit && occurrence.state.status !== 'cancelled';
  return (
    <Section
      id="agenda"
      title={t('sessions.agenda.title')}
      action={
        mayChange && !isEditing && loaded.state === 'ready' ? (
          <Button id={editId} appearance="subtle" icon={<Edit20Regular />} onClick={() => setEditing(true)}>
            {t('sessions.agenda.edit')}
          </Button>
        ) : undefined
      }
    >
      <Await loaded={loaded} bones={<Bones rows={2} height={40} />}>
        {({ items }) =>
          isEditing ? (
            <Editing items={items} occurrence={occurrence} here={here} onDone={() => setEditing(false)} />
          ) : (
            <Items items={items} occurrence={occurrence} now={now} />
          )
        }
      </Await>
    </Section>
  );
}

function Items({
  items,
  occurrence,
  now,
}: {
  readonly items: readonly AgendaItem[];
  readonly occurrence: Occurrence;
  readonly now: string | undefined;
}) {
  const { t, dates, language } = useText();
  const entries = timedAgenda(items, occurrence);
  const currentId = useServerTime(now ?? occurrence.start, (at) =>
    now === undefined ? '' : (nowAndNext(entries, at).current?.item.id ?? ''),
  );
  if (items.length === 0) return <p className={css.none}>{t('sessions.agenda.none')}</p>;
  return (
    <>
      <ol className={css.items}>
        {entries.map(({ item: { id, title, minutes }, start }) => {
          const shown = titleOf(title, language);
          const isCurrent = id === currentId;
          return (
            <li key={id} aria-current={isCurrent || undefined}>
              <span className={css.clock}>{start === undefined ? '' : dates.time(start)}</span>
              <span>
                <span lang={shown.language}>{shown.title}</span>
                {isCurrent && <span className={css.now}>{t('sessions.agenda.now')}</span>}
              </span>
              {minutes !== undefined && (
                <span className={css.minutes}>{t('sessions.minutes', { count: minutes })}</span>
              )}
            </li>
          );
        })}
      </ol>
      <Fit items={items} occurrence={occurrence} />
    </>
  );
}

/** How long the agenda takes and the session is, and how many minutes are too many. */
function Fit({
  items,
  occurrence,
}: {
  readonly items: readonly AgendaItem[];
  readonly occurrence: Occurrence;
}) {
  const { t } = useText();
  const { total, length, over, untimed } = agendaFit(items, occurrence);
  if (total === 0) return null;
  return (
    <p className={css.total} data-over={over > 0}>
      {t('sessions.agenda.total', { total, length })}
      {over > 0 && <strong>{t('sessions.agenda.over', { minutes: over })}</strong>}
      {untimed > 1 && <span>{t('sessions.agenda.untimed', { count: untimed })}</span>}
    </p>
  );
}

/** The two public languages, and English where somebody reads or wrote it. */
function languagesOf(items: readonly AgendaItem[], own: Language): readonly Language[] {
  const isPublic = (language: Language): boolean => publicLanguages.some((one) => one === language);
  return languages.filter(
    (language) =>
      isPublic(language) || language === own || items.some(({ title }) => title[language] !== undefined),
  );
}

function Editing(props: {
  readonly items: readonly AgendaItem[];
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly onDone: () => void;
}) {
  const { occurrence, here, onDone } = props;
  const { api, fail, texts } = useShell();
  const { t, language } = useText();
  const [items, setItems] = useState<readonly AgendaItem[]>(
    props.items.length > 0 ? props.items : [{ id: crypto.randomUUID().slice(0, 8), title: {} }],
  );
  const [fault, setFault] = useState<unknown>();
  const overSeen = useSeen({ items: props.items });
  const save = async (): Promise<void> => {
    const wanted = filled(items);
    try {
      await overSeen((seen) => here.make(() => here.api.setAgenda(wanted, seen), t('sessions.done.agenda')));
      // What others changed meanwhile is in it, too.
      here.agenda.reload();
      onDone();
    } catch (error) {
      setFault(error);
    }
  };
  const takeTemplate = async (): Promise<void> => {
    try {
      const { series } = await seriesApi(api, occurrence.seriesId).get();
      setItems(series.agenda);
    } catch (error) {
      fail(error);
    }
  };
  return (
    <div className={css.editing}>
      <AgendaEditor
        items={items}
        languages={languagesOf(items, language)}
        fault={fault}
        field="items"
        isFocused
        session={occurrence}
        onChange={setItems}
      />
      <Fit items={filled(items)} occurrence={occurrence} />
      {fault !== undefined && <p role="alert">{problemText(texts, fault)}</p>}
      <div className={css.buttons}>
        <Button appearance="primary" onClick={() => void save()}>
          {t('sessions.save')}
        </Button>
        <Button onClick={onDone}>{t('shared.cancel')}</Button>
        <Button appearance="subtle" onClick={() => void takeTemplate()}>
          {t('sessions.agenda.template')}
        </Button>
      </div>
    </div>
  );
}
