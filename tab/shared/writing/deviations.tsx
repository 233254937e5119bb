import { Button, Field, Textarea } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { lazy, Suspense, type ReactNode } from 'react';
import { isOutdated, textParts, type Deviation } from '../../../src/content/deviation.js';
import { textLimits, type TextContent } from '../../../src/content/text.js';
import { publicLanguages, type PublicLanguage } from '../../../src/shared/languages.js';
import { useShell, useText } from '../context.js';
import { fieldProblem } from '../problem.js';
import { Saved } from './saved.js';
import { arePartsStorable, partId, useDeviating, type Deviating, type Parts } from './use-deviating.js';
import css from './deviations.module.css';

const MarkdownEditor = lazy(async () => ({
  default: (await import('../editor/markdown-editor.js')).MarkdownEditor,
}));

/**
 * What one place says otherwise than the item: nothing for most, and then three quiet buttons a language. What is typed is
 * saved by itself, and before an approval.
 */
export function DeviationEditor(props: Deviating) {
  const { t } = useText();
  const { own, canEdit } = props;
  if (!canEdit && Object.keys(own).length === 0) return null;
  return (
    <section className={css.box} aria-label={t('deviation.heading')}>
      <h2>{t('deviation.heading')}</h2>
      <p className={css.hint}>{t('deviation.hint')}</p>
      <div className={css.columns}>
        {publicLanguages.map((language) => (
          <InLanguage key={language} {...props} language={language} />
        ))}
      </div>
    </section>
  );
}

type InLanguageProps = Deviating & { readonly language: PublicLanguage };

function InLanguage(props: InLanguageProps) {
  const { language, canEdit, own } = props;
  return canEdit ? <Editable {...props} /> : <ToRead language={language} deviation={own[language]} />;
}

function Column(
  props: Pick<InLanguageProps, 'language'> & { readonly saved?: ReactNode; readonly children: ReactNode },
) {
  const { language, saved, children } = props;
  const { t } = useText();
  return (
    <div className={css.column} lang={language}>
      <div className={css.head}>
        <h3>{t(`language.own.${language}`)}</h3>
        <span className={css.saved}>{saved}</span>
      </div>
      {children}
    </div>
  );
}

function ToRead(props: { readonly language: PublicLanguage; readonly deviation: Deviation | undefined }) {
  const { language, deviation } = props;
  return (
    <Column language={language}>
      {textParts.map((part) => {
        const value = deviation?.[part];
        if (value === undefined) return null;
        return <Part key={part} part={part} language={language} value={value} shown={deviation?.at} />;
      })}
    </Column>
  );
}

function Editable(props: InLanguageProps) {
  const { language, texts, own } = props;
  const { t } = useText();
  const { texts: words } = useShell();
  const handle = useDeviating(props);
  const { writing, type, saveNow, resolve } = handle;
  const { content: parts, theirs, error } = writing;
  const text = texts[language];
  const hasMovedOn = isOutdated(texts, own, language);
  const say = (change: Parts): void => type((before) => ({ ...before, ...change }));
  const remove = (part: keyof TextContent): void => type(({ [part]: _gone, ...rest }) => rest);
  const add = (part: keyof TextContent): void => {
    say({ [part]: text?.[part] ?? '' });
    requestAnimationFrame(() => document.getElementById(partId(language, part))?.focus());
  };
  const problemOf = (part: keyof TextContent): string | undefined => {
    const { length } = parts[part] ?? '';
    const limit = textLimits[part];
    if (length > limit) return t('field.tooLong', { length, limit });
    return fieldProblem(words, error, `words.${part}`) ?? fieldProblem(words, error, part);
  };
  return (
    <Column language={language} saved={<Saved handle={handle} isStorable={arePartsStorable} />}>
      {hasMovedOn && (
        <div className={css.movedOn}>
          <p>{t('deviation.movedOn')}</p>
          <Button size="small" onClick={saveNow}>
            {t('deviation.keep')}
          </Button>
        </div>
      )}
      {textParts.map((part) => {
        const value = parts[part];
        if (value === undefined) return null;
        return (
          <Part
            key={part}
            part={part}
            language={language}
            value={value}
            shown={writing.epoch}
            problem={problemOf(part)}
            onType={(typed) => say({ [part]: typed })}
            onRemove={() => remove(part)}
          />
        );
      })}
      {theirs !== undefined && (
        <div className={css.movedOn} role="alert">
          <p>
            {theirs.saved === undefined
              ? t('deviation.conflict.dropped')
              : t('deviation.conflict', { name: theirs.saved.by.name })}
          </p>
          {textParts.map(
            (part) =>
              theirs.content[part] !== undefined && (
                <p key={part} className={css.theirs}>
                  {theirs.content[part]}
                </p>
              ),
          )}
          <div className={css.adding}>
            <Button size="small" onClick={() => resolve(parts)}>
              {t('deviation.conflict.keep')}
            </Button>
            <Button size="small" onClick={() => resolve(theirs.content)}>
              {t(theirs.saved === undefined ? 'deviation.remove' : 'deviation.conflict.take')}
            </Button>
          </div>
        </div>
      )}
      <div className={css.adding}>
        {textParts
          .filter((part) => parts[part] === undefined)
          .map((part) => (
            <Button
              key={part}
              size="small"
              appearance="subtle"
              icon={<Add16Regular />}
              onClick={() => add(part)}
            >
              {t(`deviation.add.${part}`)}
            </Button>
          ))}
      </div>
    </Column>
  );
}

/** One part; to be read only where nothing can be typed. */
function Part(props: {
  readonly part: keyof TextContent;
  readonly language: PublicLanguage;
  readonly value: string;
  /** Another one draws the editor anew: the text was put in from outside. */
  readonly shown: string | number | undefined;
  readonly problem?: string | undefined;
  readonly onType?: (value: string) => void;
  readonly onRemove?: () => void;
}) {
  const { part, language, value, problem, onType, onRemove } = props;
  const { t } = useText();
  const id = partId(language, part);
  return (
    <div className={css.part}>
      <Field
        label={{ children: t(`deviation.${part}`), htmlFor: id }}
        {...(problem === undefined ? {} : { validationMessage: problem })}
      >
        {part === 'body' ? (
          <Suspense fallback={<div className="bone" style={{ height: 120 }} />}>
            <MarkdownEditor
              key={props.shown}
              label={t('deviation.body')}
              language={language}
              markdown={value}
              isReadOnly={onType === undefined}
              {...(onType !== undefined && { onChange: onType })}
            />
          </Suspense>
        ) : (
          <Textarea
            id={id}
            value={value}
            rows={2}
            resize="vertical"
            readOnly={onType === undefined}
            onChange={(_, data) =>
              onType?.(part === 'title' ? data.value.replace(/\s*\n\s*/g, ' ') : data.value)
            }
          />
        )}
      </Field>
      {onRemove !== undefined && (
        <Button size="small" appearance="subtle" icon={<Dismiss16Regular />} onClick={onRemove}>
          {t('deviation.remove')}
        </Button>
      )}
    </div>
  );
}
