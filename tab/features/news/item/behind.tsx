import { Button } from '@fluentui/react-components';
import { lazy, Suspense, useState } from 'react';
import { languages, type Language, type PublicLanguage } from '../../../../src/languages.js';
import type { NewsItemAnswer } from '../../../../src/http/routes/news.js';
import type { NewsItem, Page, Revision } from '../../../../src/news/news.js';
import { textStatus } from '../../../../src/texts/text.js';
import type { Api } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { noWords } from './autosave.js';
import css from './texts.module.css';

const Difference = lazy(async () => ({
  default: (await import('../../../shared/difference.js')).Difference,
}));

/** Says that another language was edited after this one was last looked at, shows how, and lets one say it is in step. */
export function Behind(props: {
  readonly item: NewsItem;
  readonly language: PublicLanguage;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { item, language, onAnswer } = props;
  const { api, tell, fail } = useShell();
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  if (textStatus(item.texts, language) !== 'behind') return null;
  const changed = languages.filter(
    (other) =>
      other !== language && (item.texts[other]?.revision ?? 0) > checkedRevision(item, language, other),
  );
  const check = async (): Promise<void> => {
    const path = `/api/news/${item.id}`;
    try {
      const answer = await api.post<NewsItemAnswer>(`${path}/texts/${language}/check`);
      onAnswer(answer);
      const { undo } = answer;
      const takeBack = async (): Promise<void> =>
        onAnswer(await api.post<NewsItemAnswer>(`${path}/undo`, { audit: undo }));
      tell(t('news.behind.checked'), undo === undefined ? undefined : takeBack);
    } catch (error) {
      fail(error);
    }
  };
  return (
    <div className={css.behind}>
      <p>{t('news.behind.text', { language: changed[0] ?? 'fi' })}</p>
      <div className={css.behindButtons}>
        <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'news.behind.hide' : 'news.behind.show')}
        </Button>
        <Button size="small" appearance="subtle" onClick={() => void check()}>
          {t('news.behind.check')}
        </Button>
      </div>
      {isOpen &&
        changed.map((other) => (
          <Changed key={other} item={item} language={other} since={checkedRevision(item, language, other)} />
        ))}
    </div>
  );
}

function checkedRevision(item: NewsItem, language: PublicLanguage, other: Language): number {
  return item.texts[language]?.checked[other] ?? 0;
}

function Changed(props: { readonly item: NewsItem; readonly language: Language; readonly since: number }) {
  const { item, language, since } = props;
  const { api } = useShell();
  const text = item.texts[language];
  const path = `/api/news/${item.id}/texts/${language}/history`;
  const before = useLoad(`${path} ${since}`, () => findRevision(api, path, since));
  if (text === undefined) return null;
  return (
    <Await loaded={before} bones={<Bones rows={2} height={24} />}>
      {(revision) => (
        <Suspense fallback={<Bones rows={2} height={24} />}>
          <Difference before={revision ?? noWords} after={text} language={language} />
        </Suspense>
      )}
    </Await>
  );
}

/** One revision of the history, however far back; undefined where there is none. */
async function findRevision(api: Api, path: string, revision: number): Promise<Revision | undefined> {
  if (revision === 0) return undefined;
  let after: string | undefined;
  do {
    const page: Page<Revision> = await api.get(path, { after });
    const found = page.lines.find((line) => line.revision === revision && line.parked !== true);
    if (found !== undefined) return found;
    after = page.next;
  } while (after !== undefined);
  return undefined;
}
