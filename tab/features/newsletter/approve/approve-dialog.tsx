import { Button, DialogBody, DialogContent, DialogTitle, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { TextStatus } from '../../../../src/content/text.js';
import type { Waiver } from '../../../../src/newsletter/types.js';
import type { IssueView } from '../../../../src/newsletter/view.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { DialogButtons } from '../../../shared/dialog-buttons.js';
import { DialogFrame } from '../../../shared/dialog-frame.js';
import { problemText } from '../../../shared/problem.js';
import { useLoad } from '../../../shared/use-load.js';
import { href } from '../../../shared/route.js';
import { useRoute } from '../../../shared/use-route.js';
import { titleLanguage } from '../issue-view.js';
import { lacksOf, type Lack } from '../outline/readiness.js';
import type { IssueHere } from '../use-issue.js';
import { issueApi } from '../api.js';
import { LongestStories } from '../preview/preview.js';
import css from './approve.module.css';
import { isSuperseded, useApprove } from './use-approve.js';

/** A story that is not ready in a language; it may go out so for a reason. */
type OpenGap = Lack & { readonly language: PublicLanguage };

/** Those for which nobody has given a reason: what the first of two gave counts for the second too. */
function gapsOf(issue: IssueView, inLanguage: PublicLanguage): OpenGap[] {
  const waived = waivedFirst(issue);
  return lacksOf(issue, inLanguage).flatMap(({ language, ...lack }): OpenGap[] =>
    language === undefined ||
    waived.some((waiver) => waiver.storyId === lack.storyId && waiver.language === language)
      ? []
      : [{ ...lack, language }],
  );
}

const waivedFirst = ({ approvals }: IssueView): readonly Waiver[] => approvals.first?.waivers ?? [];

/** Says that the mail in a language has no room for all of its stories. */
function LongMail({ issue, language }: { readonly issue: IssueView; readonly language: PublicLanguage }) {
  const { t } = useText();
  const { api } = useShell();
  const { preview } = issueApi(api, issue.id);
  const loaded = useLoad(`approve ${issue.id} ${issue.stamp} ${language}`, () => preview(language));
  // Without its answer nothing is said here: the newsletter's own page has the meter.
  if (loaded.state !== 'ready' || loaded.value.mail.excess === 0) return null;
  const { mail } = loaded.value;
  return (
    <div role="status">
      <p>{t('newsletter.approve.long', { language, count: mail.shortened.length })}</p>
      <LongestStories mail={mail} />
    </div>
  );
}

/** Asks before the issue is approved, and for a reason for each text that is not ready. Give it another `key` to ask again. */
export function ApproveDialog(props: {
  readonly issue: IssueView;
  readonly here: IssueHere;
  /** Closed it stays in the page, so that Fluent can give back the focus and the page behind it. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { here, isOpen, onClose } = props;
  // As it was when the question came: what others change meanwhile is not what is approved.
  const [issue] = useState(props.issue);
  const { t, dates, language } = useText();
  const { settle, texts } = useShell();
  const { path, query } = useRoute();
  const send = useApprove(issue, here);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const gaps = gapsOf(issue, titleLanguage(language));
  // One reason answers many gaps; whoever wants says something else for each.
  const [isEach, setEach] = useState(false);
  const reasonOf = (gap: OpenGap): string => (isEach ? (reasons[gap.key] ?? shared) : shared).trim();
  const shared = reasons.all ?? '';
  const embargoes = lacksOf(issue, titleLanguage(language)).filter(({ what }) => what === 'embargo');

  const approve = async (): Promise<void> => {
    setTried(true);
    if (isBusy || gaps.some((gap) => reasonOf(gap) === '')) return;
    const waivers = gaps.map((gap) => ({
      storyId: gap.storyId,
      language: gap.language,
      reason: reasonOf(gap),
    }));
    setBusy(true);
    setFault(undefined);
    const isStored = await settle();
    const error = isStored ? await send(waivers, true) : undefined;
    setBusy(false);
    // A text that could not be stored is on the screen behind this.
    if (error === undefined) onClose();
    else setFault(error);
  };
  const faultText = isSuperseded(fault) ? t('newsletter.changedSince') : problemText(texts, fault);
  return (
    <DialogFrame isOpen={isOpen} onClose={onClose} className={css.surface}>
      <DialogBody>
        <DialogTitle>{t('newsletter.approve.title', { number: issue.number })}</DialogTitle>
        <DialogContent className={css.content}>
          <p>{t('newsletter.approve.text')}</p>
          {isOpen && publicLanguages.map((each) => <LongMail key={each} issue={issue} language={each} />)}
          {waivedFirst(issue).length > 0 && (
            <>
              <p>{t('newsletter.approved.waivers')}</p>
              <ul className={css.gaps}>
                {waivedFirst(issue).map((waiver) => (
                  <li key={`${waiver.storyId} ${waiver.language}`}>
                    {t('newsletter.approved.waiver', { language: waiver.language, reason: waiver.reason })}
                  </li>
                ))}
              </ul>
            </>
          )}
          {gaps.length > 0 && <p>{t('newsletter.approve.gaps', { count: gaps.length })}</p>}
          {gaps.length > 0 && (
            <>
              <ul className={css.gaps}>
                {gaps.map((gap) => (
                  <li key={gap.key}>
                    <a href={href(path, { ...query, story: gap.storyId })} onClick={onClose}>
                      {t('newsletter.lack', {
                        title: gap.title,
                        language: gap.language,
                        status: t(`text.status.${gap.what as TextStatus}`),
                      })}
                    </a>
                  </li>
                ))}
              </ul>
              {(!isEach || gaps.length === 1) && (
                <ReasonField
                  label={t('newsletter.approve.reasonForAll', { count: gaps.length })}
                  hint={t('newsletter.approve.reason.hint')}
                  value={shared}
                  isTried={isTried}
                  onType={(value) => setReasons({ ...reasons, all: value })}
                />
              )}
              {isEach &&
                gaps.length > 1 &&
                gaps.map((gap) => (
                  <ReasonField
                    key={gap.key}
                    label={t('newsletter.approve.reason', {
                      title: gap.title,
                      language: gap.language,
                      status: t(`text.status.${gap.what as TextStatus}`),
                    })}
                    value={reasons[gap.key] ?? shared}
                    isTried={isTried}
                    onType={(value) => setReasons({ ...reasons, [gap.key]: value })}
                  />
                ))}
              {!isEach && gaps.length > 1 && (
                <Button size="small" appearance="subtle" onClick={() => setEach(true)}>
                  {t('newsletter.approve.each')}
                </Button>
              )}
            </>
          )}
          {embargoes.map((lack) => (
            <p key={lack.key}>
              {t('newsletter.lack.embargo', { title: lack.title, date: dates.plainDay(lack.date ?? '') })}
            </p>
          ))}
          {fault !== undefined && (
            <p role="alert" className={css.fault}>
              {faultText}
            </p>
          )}
        </DialogContent>
        <DialogButtons act={{ verb: t('newsletter.approve'), run: () => void approve(), isBusy }} />
      </DialogBody>
    </DialogFrame>
  );
}

function ReasonField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly isTried: boolean;
  readonly onType: (value: string) => void;
}) {
  const { label, hint, value, isTried, onType } = props;
  const { t } = useText();
  return (
    <Field
      required
      label={label}
      {...(hint !== undefined && { hint })}
      {...(isTried && value.trim() === '' && { validationMessage: t('field.required') })}
    >
      <Input maxLength={500} value={value} onChange={(_, data) => onType(data.value)} />
    </Field>
  );
}
