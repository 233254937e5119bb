import { Button, Field, Input } from '@fluentui/react-components';
import { ArrowDownload20Regular, MailArrowUp20Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { Mail } from '../../../../src/newsletter/mail/mail.js';
import type { IssueView } from '../../../../src/newsletter/view.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { ownKey, remember, remembered } from '../../../shared/device-storage.js';
import { download } from '../../../shared/download.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { fieldProblem } from '../../../shared/problem.js';
import { Await } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { issueApi } from '../api.js';
import { Choice } from '../choice.js';
import { inScheme, useMailLook, type MailLook } from './mail-view.js';
import css from './preview.module.css';

/** The mail as its readers will see it. `round` grows when the issue was changed here; its stamp says that others changed it. */
export function Preview({ issue, round }: { readonly issue: IssueView; readonly round: number }) {
  const { api } = useShell();
  const { look, choose } = useMailLook();
  const { previewPath, preview } = issueApi(api, issue.id);
  const { language } = look;
  const loaded = useLoad(`${previewPath} ${language}`, () => preview(language));
  const { reload } = loaded;
  const [first] = useState(issue.stamp);
  useEffect(() => {
    if (round > 0 || issue.stamp !== first) reload();
  }, [round, issue.stamp, first, reload]);
  return (
    <div className={css.preview}>
      <Tools look={look} choose={choose} />
      <Await loaded={loaded} bones={<div className={`bone ${css.waiting}`} aria-hidden="true" />}>
        {({ mail, fileName }) => (
          <>
            <Sheet mail={mail} look={look} />
            <div className={css.foot}>
              <SizeMeter mail={mail} />
              <Exports issueId={issue.id} look={look} fileName={fileName} />
            </div>
          </>
        )}
      </Await>
    </div>
  );
}

function Tools({
  look,
  choose,
}: {
  readonly look: MailLook;
  readonly choose: (more: Partial<MailLook>) => void;
}) {
  const { t } = useText();
  return (
    <div className={css.tools}>
      <Choice
        label={t('newsletter.preview.language')}
        value={look.language}
        options={[
          ['fi', t('language.own.fi')],
          ['sv', t('language.own.sv')],
        ]}
        onChoose={(language) => choose({ language })}
      />
      <Choice
        label={t('newsletter.preview.format')}
        value={look.format}
        options={[
          ['html', t('newsletter.preview.format.html')],
          ['text', t('newsletter.preview.format.text')],
        ]}
        onChoose={(format) => choose({ format })}
      />
      {look.format === 'html' && (
        <>
          <Choice
            label={t('newsletter.preview.width')}
            value={look.width}
            options={[
              ['desktop', t('newsletter.preview.width.desktop')],
              ['phone', t('newsletter.preview.width.phone')],
            ]}
            onChoose={(width) => choose({ width })}
          />
          <Choice
            label={t('newsletter.preview.scheme')}
            value={look.scheme}
            options={[
              ['light', t('newsletter.preview.scheme.light')],
              ['dark', t('newsletter.preview.scheme.dark')],
            ]}
            onChoose={(scheme) => choose({ scheme })}
          />
        </>
      )}
    </div>
  );
}

/** The mail in a frame like a mail program's. Nothing in it can run: the frame is sandboxed. */
function Sheet({ mail, look }: { readonly mail: Mail; readonly look: MailLook }) {
  const { t } = useText();
  return (
    <div className={css.sheet} data-width={look.format === 'html' ? look.width : 'desktop'}>
      <p className={css.subject} lang={mail.language}>
        <span>{t('newsletter.preview.subject')}</span> {mail.subject}
      </p>
      {look.format === 'html' ? (
        <iframe
          className={css.mail}
          title={t('newsletter.preview.frame')}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={inScheme(mail.html, look.scheme)}
          data-scheme={look.scheme}
        />
      ) : (
        <pre
          className={css.text}
          lang={mail.language}
          tabIndex={0}
          aria-label={t('newsletter.preview.frame')}
        >
          {mail.text}
        </pre>
      )}
    </div>
  );
}

const kinds = {
  html: ['html', 'text/html'],
  text: ['txt', 'text/plain'],
  eml: ['eml', 'message/rfc822'],
} as const;

function Exports(props: { readonly issueId: string; readonly look: MailLook; readonly fileName: string }) {
  const { t } = useText();
  const { api, notify, fail } = useShell();
  const mayEdit = useMay()('newsletter:edit');
  const save = async (format: keyof typeof kinds): Promise<void> => {
    const { language } = props.look;
    const [ending, type] = kinds[format];
    const file = `${props.fileName}.${ending}`;
    const text = await issueApi(api, props.issueId).exported(language, format);
    download(file, text, type);
    notify(t('newsletter.export.done', { file }));
  };
  if (!mayEdit) return null;
  return (
    <div className={css.exports}>
      <TestMail issueId={props.issueId} look={props.look} />
      {(['eml', 'html', 'text'] as const).map((format) => (
        <Button
          key={format}
          appearance="subtle"
          icon={<ArrowDownload20Regular />}
          onClick={() => void save(format).catch(fail)}
        >
          {t(`newsletter.export.${format}`)}
        </Button>
      ))}
    </div>
  );
}

/** Sends the mail to oneself, to see it in one's own mail program. The address is remembered on this device. */
function TestMail({ issueId, look }: { readonly issueId: string; readonly look: MailLook }) {
  const { api, notify, session, texts } = useShell();
  const { t } = useText();
  const addressKey = ownKey('testMailAddress', session.person.id);
  const dialogs = useDialogs<'test'>();
  const [to, setTo] = useState(() => remembered(addressKey) ?? '');
  const send = async (): Promise<void> => {
    await issueApi(api, issueId).sendTest({ language: look.language, to, formId: crypto.randomUUID() });
    remember(addressKey, to);
    notify(t('newsletter.test.done', { address: to }));
  };
  return (
    <>
      <Button appearance="subtle" icon={<MailArrowUp20Regular />} onClick={() => dialogs.show('test')}>
        {t('newsletter.test')}
      </Button>
      <FormDialog
        key={dialogs.round}
        title={t('newsletter.test.title')}
        verb={t('newsletter.test.verb')}
        onSend={send}
        isOwnFault={(fault) => fieldProblem(texts, fault, 'to') !== undefined}
        {...dialogs.of('test')}
      >
        {(fault) => {
          const problem = fieldProblem(texts, fault, 'to');
          return (
            <Field
              label={t('newsletter.test.to')}
              hint={t('newsletter.test.hint', { language: look.language })}
              {...(problem !== undefined && { validationMessage: problem })}
            >
              <Input type="email" value={to} onChange={(_, data) => setTo(data.value)} />
            </Field>
          );
        }}
      </FormDialog>
    </>
  );
}

const kilobytes = (bytes: number): number => Math.ceil(bytes / 1000);

/** Where not all stories have room: by how much, and which take most of it. */
export function LongestStories({ mail }: { readonly mail: Mail }) {
  const { t } = useText();
  if (mail.excess === 0) return null;
  return (
    <div className={css.longest}>
      <p>{t('newsletter.size.longest', { over: kilobytes(mail.excess) })}</p>
      <ul>
        {mail.longest.map(({ id, title, bytes }) => (
          <li key={id}>
            <span lang={mail.language}>{title}</span> {t('newsletter.size.story', { size: kilobytes(bytes) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How large the mail is beside what mail programs show uncut. */
export function SizeMeter({ mail }: { readonly mail: Mail }) {
  const { t } = useText();
  const { bytes, limit, shortened } = mail;
  const isOver = bytes > limit;
  const share = Math.min(1, bytes / limit);
  return (
    <div className={css.size}>
      <p>{t('newsletter.size', { size: kilobytes(bytes), limit: kilobytes(limit) })}</p>
      <div
        className={css.meter}
        role="meter"
        aria-label={t('newsletter.size.label')}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(bytes, limit)}
        aria-valuetext={t('newsletter.size', { size: kilobytes(bytes), limit: kilobytes(limit) })}
        data-full={isOver || shortened.length > 0}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      {shortened.length > 0 && !isOver && (
        <p>{t('newsletter.size.shortened', { count: shortened.length })}</p>
      )}
      {isOver && <p role="alert">{t('newsletter.size.over')}</p>}
      <LongestStories mail={mail} />
    </div>
  );
}
