import { DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components';
import { useState } from 'react';
import { languages, type Language } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import type { WallTime } from '../../../shared/dates.js';
import { DialogButtons } from '../../../shared/dialog-buttons.js';
import { DialogFrame } from '../../../shared/dialog-frame.js';
import { PlainSelect } from '../../../shared/plain-select.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { welcomePreview } from '../api.js';
import type { SeriesOption } from '../draft.js';
import css from './imports.module.css';

/** The mail as somebody new gets it, in each language and for each series. */
export function MailPreview(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly series: readonly SeriesOption[];
  /** When it leaves; now unless given. */
  readonly sendAt: WallTime | undefined;
}) {
  const { t } = useText();
  return (
    <DialogFrame isOpen={props.isOpen} onClose={props.onClose} className={css.mailDialog}>
      <DialogBody>
        <DialogTitle>{t('contacts.imports.preview.title')}</DialogTitle>
        <DialogContent>{props.isOpen && <Look series={props.series} sendAt={props.sendAt} />}</DialogContent>
        <DialogButtons />
      </DialogBody>
    </DialogFrame>
  );
}

function Look({
  series,
  sendAt,
}: {
  readonly series: readonly SeriesOption[];
  readonly sendAt: WallTime | undefined;
}) {
  const { api } = useShell();
  const { t, language: own } = useText();
  const [language, setLanguage] = useState<Language>(own);
  const [id, setId] = useState<string>(series[0]?.id ?? '');
  const loaded = useLoad(`welcome ${id} ${language} ${sendAt?.date ?? ''} ${sendAt?.time ?? ''}`, () =>
    welcomePreview(api, id, language, sendAt),
  );
  return (
    <div className={css.look}>
      <div className={css.row}>
        <PlainSelect
          aria-label={t('contacts.field.language')}
          value={language}
          onChange={({ target }) => setLanguage(languages.find((one) => one === target.value) ?? own)}
        >
          {languages.map((one) => (
            <option key={one} value={one} lang={one}>
              {t(`language.own.${one}`)}
            </option>
          ))}
        </PlainSelect>
        {series.length > 1 && (
          <PlainSelect
            aria-label={t('contacts.imports.send.series')}
            value={id}
            onChange={({ target }) => setId(target.value)}
          >
            {series.map((each) => (
              <option key={each.id} value={each.id}>
                {each.names[own]}
              </option>
            ))}
          </PlainSelect>
        )}
      </div>
      <Await loaded={loaded} bones={<Bones rows={1} height={320} />}>
        {({ subject, html }) => (
          <>
            <p lang={language}>
              <strong>{subject}</strong>
            </p>
            <iframe
              className={css.mail}
              title={t('contacts.imports.preview.frame')}
              sandbox=""
              srcDoc={html}
            />
          </>
        )}
      </Await>
    </div>
  );
}
