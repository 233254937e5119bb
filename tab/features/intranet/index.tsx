import { Button } from '@fluentui/react-components';
import { GlobeRegular, NewsRegular } from '@fluentui/react-icons';
import { useCallback, useRef } from 'react';
import type { IntranetAnswer, IntranetLine } from '../../../src/shared/answers/intranet.js';
import { publicLanguages, type PublicLanguage } from '../../../src/shared/languages.js';
import { useProjectName, useShell, useText } from '../../shared/context.js';
import { useFocusGivenBack, useKeys, useRowKeys } from '../../shared/keys.js';
import { ListDetail } from '../../shared/layout.js';
import { href } from '../../shared/route.js';
import { Await, Bones, Empty } from '../../shared/states.js';
import { useLoad } from '../../shared/use-load.js';
import { go, useRoute } from '../../shared/use-route.js';
import switchCss from '../../shared/view-switch.module.css';
import { getIntranet, listPages } from './api.js';
import { Feeds } from './feeds.js';
import css from './intranet.module.css';
import { IntranetPage } from './page.js';

/** The last part of an address: words for people, and the id that finds the page. */
const idIn = (name: string | undefined): string | undefined => /[0-9a-f]{26}$/.exec(name ?? '')?.[0] ?? name;

/** The intranet for members: the releases that are out in a language, and one of them beside the list. */
export function IntranetView() {
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad('intranet', () => getIntranet(api));
  return (
    <Await loaded={loaded} bones={<Bones rows={5} height={84} />}>
      {(answer) =>
        answer.at === 'elsewhere' ? (
          <Empty
            icon={<GlobeRegular />}
            title={t('intranet.elsewhere.title')}
            text={t('intranet.elsewhere.text')}
          >
            <Button as="a" href={answer.url} target="_blank" rel="noreferrer" appearance="primary">
              {t('intranet.elsewhere.open')}
            </Button>
          </Empty>
        ) : (
          <Here answer={answer} onChanged={loaded.set} />
        )
      }
    </Await>
  );
}

type Ours = Extract<IntranetAnswer, { at: 'here' }>;

function Here(props: { readonly answer: Ours; readonly onChanged: (answer: IntranetAnswer) => void }) {
  const { answer, onChanged } = props;
  const { t, language: own } = useText();
  const { path } = useRoute();
  const language = publicLanguages.find((each) => each === path[1]) ?? (own === 'en' ? 'fi' : own);
  const openId = path[1] === language ? idIn(path[2]) : undefined;
  const back = href(['intranet', language]);
  useKeys({ Escape: () => openId !== undefined && go(back) });
  useFocusGivenBack('intranet', openId);
  const feeds = answer.feeds.find((each) => each.language === language);
  return (
    <ListDetail
      label={t('intranet.place')}
      back={back}
      list={
        <>
          <div className={css.head}>
            <h1>{t('intranet.place')}</h1>
            <LanguageSwitch language={language} />
          </div>
          <Pages language={language} openId={openId} />
          {feeds !== undefined && <Feeds answer={answer} feeds={feeds} onChanged={onChanged} />}
        </>
      }
      detail={
        openId === undefined ? undefined : (
          <IntranetPage key={`${language} ${openId}`} language={language} id={openId} />
        )
      }
      nothing={
        <Empty icon={<NewsRegular />} title={t('intranet.nothing.title')} text={t('intranet.nothing.text')} />
      }
    />
  );
}

/** Links, so that each can be kept and gone back to. */
function LanguageSwitch({ language }: { readonly language: PublicLanguage }) {
  const { t } = useText();
  return (
    <nav className={switchCss.switch} aria-label={t('intranet.chooseLanguage')}>
      {publicLanguages.map((each) => (
        <a
          key={each}
          href={href(['intranet', each])}
          lang={each}
          aria-current={each === language ? 'page' : undefined}
        >
          {t(`language.own.${each}`)}
        </a>
      ))}
    </nav>
  );
}

function Pages({
  language,
  openId,
}: {
  readonly language: PublicLanguage;
  readonly openId: string | undefined;
}) {
  const { api, fail } = useShell();
  const { t } = useText();
  const rows = useRef<HTMLDivElement>(null);
  useRowKeys(rows);
  const loaded = useLoad(`intranet ${language}`, () => listPages(api, language));
  const { set } = loaded;
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const more = useCallback(async (): Promise<void> => {
    if (value?.next === undefined) return;
    try {
      const page = await listPages(api, language, value.next);
      set({ ...page, lines: [...value.lines, ...page.lines] });
    } catch (error) {
      fail(error);
    }
  }, [api, fail, language, set, value]);
  return (
    <div ref={rows}>
      <Await loaded={loaded} bones={<Bones rows={5} height={84} />}>
        {({ lines }) =>
          lines.length === 0 ? (
            <Empty icon={<NewsRegular />} title={t('intranet.empty.title')} text={t('intranet.empty.text')} />
          ) : (
            <ul className={css.rows}>
              {lines.map((line) => (
                <Row key={line.id} line={line} language={language} isOpen={line.id === openId} />
              ))}
            </ul>
          )
        }
      </Await>
      {value?.next !== undefined && (
        <div className={css.end}>
          <Button appearance="subtle" onClick={() => void more()}>
            {t('shared.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Row(props: {
  readonly line: IntranetLine;
  readonly language: PublicLanguage;
  readonly isOpen: boolean;
}) {
  const { line, language, isOpen } = props;
  const { dates } = useText();
  const projectName = useProjectName();
  return (
    <li>
      <a
        id={`intranet-${line.id}`}
        className={css.row}
        href={href(['intranet', language, line.id])}
        aria-current={isOpen ? 'true' : undefined}
      >
        <span className={css.title} lang={language}>
          {line.title}
        </span>
        <span className={css.by}>
          {line.projectId !== undefined && <span>{projectName(line.projectId)}</span>}
          <time dateTime={line.publishedAt}>{dates.day(line.publishedAt)}</time>
        </span>
      </a>
    </li>
  );
}
