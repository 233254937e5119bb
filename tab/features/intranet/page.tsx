import type { IntranetPageAnswer } from '../../../src/shared/answers/intranet.js';
import { otherLanguage, type PublicLanguage } from '../../../src/shared/languages.js';
import { useProjectName, useShell, useText } from '../../shared/context.js';
import { href } from '../../shared/route.js';
import { Await, Bones } from '../../shared/states.js';
import { useLoad } from '../../shared/use-load.js';
import { getPage } from './api.js';
import css from './intranet.module.css';

/** One release as its readers get it. */
export function IntranetPage({ language, id }: { readonly language: PublicLanguage; readonly id: string }) {
  const { api } = useShell();
  const loaded = useLoad(`intranet ${language} ${id}`, () => getPage(api, language, id));
  return (
    <Await loaded={loaded} bones={<Bones rows={3} height={120} />}>
      {(answer) => (
        <article className={css.article}>
          {answer.page === undefined ? (
            <Missing answer={answer} />
          ) : (
            <Text page={answer.page} language={language} />
          )}
          <ToOther answer={answer} language={language} id={id} />
        </article>
      )}
    </Await>
  );
}

function Text(props: {
  readonly page: NonNullable<IntranetPageAnswer['page']>;
  readonly language: PublicLanguage;
}) {
  const { page, language } = props;
  const { t, dates } = useText();
  const projectName = useProjectName();
  const isUpdated = page.updatedAt !== page.publishedAt;
  return (
    <>
      <p className={css.facts}>
        {page.projectId !== undefined && <span>{projectName(page.projectId)}</span>}
        <time dateTime={page.publishedAt}>{dates.moment(page.publishedAt)}</time>
        {isUpdated && <span>{t('intranet.updatedAt', { when: dates.moment(page.updatedAt) })}</span>}
      </p>
      <h2 lang={language}>{page.title}</h2>
      {page.lead !== '' && (
        <p lang={language} className={css.lead}>
          {page.lead}
        </p>
      )}
      {/* The server made it of Markdown that holds no HTML; what people write is escaped in it. */}
      <div lang={language} className={css.body} dangerouslySetInnerHTML={{ __html: page.html }} />
      {page.contact !== '' && <p>{t('intranet.moreFrom', { contact: page.contact })}</p>}
      {page.corrections.length > 0 && (
        <ul className={css.corrections}>
          {page.corrections.map(({ at, note, language: of }) => (
            <li key={at}>
              {t('intranet.correctedAt', { when: dates.moment(at) })} <span lang={of}>{note}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Missing({ answer: { takenDownAt } }: { readonly answer: IntranetPageAnswer }) {
  const { t, dates } = useText();
  if (takenDownAt === undefined) return <p>{t('intranet.notInLanguage')}</p>;
  return (
    <>
      <h2>{t('intranet.gone.title')}</h2>
      <p>{t('intranet.gone.text', { when: dates.moment(takenDownAt) })}</p>
    </>
  );
}

function ToOther(props: {
  readonly answer: IntranetPageAnswer;
  readonly language: PublicLanguage;
  readonly id: string;
}) {
  const { answer, language, id } = props;
  const { t } = useText();
  if (answer.other === undefined) return null;
  const other = otherLanguage(language);
  return (
    <p className={css.other}>
      <a href={href(['intranet', other, id])} lang={other}>
        {t('release.notice.read', { language: other, title: answer.other })}
      </a>
    </p>
  );
}
