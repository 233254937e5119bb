import { useState } from 'react';
import type { ContactView } from '../../../src/shared/answers/contacts.js';
import { useShell } from '../../shared/context.js';
import { Await, Bones } from '../../shared/states.js';
import { useLoad } from '../../shared/use-load.js';
import { ContactForm } from './contact-form.js';
import type { ContactDraft, SeriesOption } from './draft.js';
import { contactApi } from './api.js';

interface Opened {
  /** `new` for somebody who is not there yet. */
  readonly id: string;
  readonly series: readonly SeriesOption[];
  readonly drafts: Map<string, ContactDraft>;
  readonly onChanged: () => void;
}

/** One contact, to be added or put right. */
export function ContactPage(props: Opened) {
  return props.id === 'new' ? <ContactForm {...props} contact={undefined} /> : <Standing {...props} />;
}

function Standing(props: Opened) {
  const { id } = props;
  const { api } = useShell();
  const { path, get } = contactApi(api, id);
  const loaded = useLoad(path, get);
  // A form that was sent begins anew with what stands now.
  const [round, setRound] = useState(0);
  const onSaved = (contact: ContactView): void => {
    loaded.set(contact);
    setRound(round + 1);
  };
  return (
    <Await loaded={loaded} bones={<Bones rows={5} height={56} />}>
      {(contact) => <ContactForm key={round} {...props} contact={contact} onSaved={onSaved} />}
    </Await>
  );
}
