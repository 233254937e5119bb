import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { IssueView } from '../../../../src/newsletter/view.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { DialogButtons } from '../../../shared/dialog-buttons.js';
import { useLoad } from '../../../shared/use-load.js';
import { storiesOf, titleLanguage } from '../issue-view.js';
import type { IssueHere } from '../use-issue.js';
import { issueApi } from '../api.js';
import { LongestStories } from '../preview/preview.js';
import css from './approve.module.css';

/** A story that is not ready in a language; it may go out so for a reason. */
interface OpenGap {
  readonly key: string;
  readonly storyId: string;
  readonly language: PublicLanguage;
  readonly title: string;
  readonly status: 'missing' | 'behind';
}

function gapsOf(issue: IssueView, inLanguage: PublicLanguage): OpenGap[] {
  return storiesOf(issue).flatMap(({ id, titles, languages }) =>
    publicLanguages.flatMap((language): OpenGap[] => {
      const { status } = languages[language];
      if (status === 'ready') return [];
      return [{ key: `${id} ${language}`, storyId: id, language, title: titles[inLanguage], status }];
    }),
  );
}

/** Somebody changed a story or a text after it was looked at. */
const isSuperseded = ({ code }: ApiError): boolean => code === 'text.conflict';

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

/** Asks before the issue is approved, and for a reason for each text that is not ready. */
export function ApproveDialog(props: {
  readonly issue: IssueView;
  readonly here: IssueHere;
  /** Closed it stays in the page, so that Fluent can give back the focus and the page behind it. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { issue, here, isOpen, onClose } = props;
  const { t, language } = useText();
  const { settle, warn } = useShell();
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [isTried, setTried] = useState(false);
  const gaps = gapsOf(issue, titleLanguage(language));
  const reasonOf = (gap: OpenGap): string => reasons[gap.key]?.trim() ?? '';

  const approve = async (): Promise<void> => {
    setTried(true);
    if (gaps.some((gap) => reasonOf(gap) === '')) return;
    const waivers = gaps.map((gap) => ({
      storyId: gap.storyId,
      language: gap.language,
      reason: reasonOf(gap),
    }));
    onClose();
    if (!(await settle())) return;
    const error = await here.change(
      () => here.api.approve({ waivers, seen: issue.stamp }),
      t('newsletter.approve.done', { number: issue.number }),
      { quiet: isSuperseded },
    );
    if (error instanceof ApiError && isSuperseded(error)) warn(t('newsletter.changedSince'));
  };
  return (
    <Dialog open={isOpen} onOpenChange={onClose}>
      <DialogSurface className={css.surface}>
        <DialogBody>
          <DialogTitle>{t('newsletter.approve.title', { number: issue.number })}</DialogTitle>
          <DialogContent className={css.content}>
            <p>{t('newsletter.approve.text')}</p>
            {isOpen && publicLanguages.map((each) => <LongMail key={each} issue={issue} language={each} />)}
            {gaps.length > 0 && <p>{t('newsletter.approve.gaps', { count: gaps.length })}</p>}
            {gaps.map((gap, index) => (
              <Field
                key={gap.key}
                required
                label={t('newsletter.approve.reason', {
                  title: gap.title,
                  language: gap.language,
                  status: t(`text.status.${gap.status}`),
                })}
                {...(index === 0 && { hint: t('newsletter.approve.reason.hint') })}
                {...(isTried && reasonOf(gap) === '' && { validationMessage: t('field.required') })}
              >
                <Input
                  maxLength={500}
                  value={reasons[gap.key] ?? ''}
                  onChange={(_, data) => setReasons({ ...reasons, [gap.key]: data.value })}
                />
              </Field>
            ))}
          </DialogContent>
          <DialogButtons
            act={{ verb: t('newsletter.approve'), run: () => void approve() }}
            onBack={onClose}
          />
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
