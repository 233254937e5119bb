import assert from 'node:assert/strict';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { bytesOf, cardTemplate, maxMessageBytes, maxShownButtons, render } from '../../bot/cards/render.js';
import { languages } from '../../src/shared/languages.js';
import { withContracts } from '../world/contracts.js';
import { buttonsOf, textOf } from './bot-world.js';
import { cardSamples } from './cards-gallery.js';

function validator(contracts: URL): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const draft: unknown = createRequire(import.meta.url)('ajv/dist/refs/json-schema-draft-06.json');
  ajv.addMetaSchema(draft as object);
  return ajv.compile(
    JSON.parse(readFileSync(new URL('adaptive-card-1.5-teams.json', contracts), 'utf8')) as object,
  );
}

/** What says where a button stands. */
interface Shown {
  readonly mode?: string;
  readonly style?: string;
}

const samples = languages.flatMap((language) => cardSamples(language));

describe('bot: cards', () => {
  withContracts('cards against the Adaptive Card 1.5 schema of Teams', (contracts) => {
    let validate: ValidateFunction;
    before(() => {
      validate = validator(contracts);
    });
    for (const { name, language, card } of samples) {
      it(`${name} (${language}) keeps to the Adaptive Card 1.5 schema of Teams`, () => {
        const deepest = (validate(card), validate.errors ?? []).toSorted(
          (one, other) => other.instancePath.length - one.instancePath.length,
        )[0];
        assert.equal(deepest, undefined, JSON.stringify(deepest));
      });
    }
  });

  for (const { name, language, card } of samples) {
    it(`${name} (${language}) is complete, small and has few buttons`, () => {
      const { version, lang, fallbackText, speak, actions } = card;
      assert.deepEqual([version, lang], ['1.5', language]);
      assert.ok(typeof fallbackText === 'string' && fallbackText !== '');
      assert.ok(typeof speak === 'string' && speak !== '');
      assert.doesNotMatch(speak, /^\p{Ll}|[?!] \p{Ll}/u, 'a notification shows it too');
      assert.ok(Array.isArray(actions) && actions.length <= 6);
      // There is nothing that an outsider could do.
      assert.equal(actions.length === 0, name === 'outsider');
      const shown = (actions as readonly Shown[]).filter(({ mode }) => mode !== 'secondary');
      assert.ok(shown.length <= maxShownButtons);
      const main = (actions as readonly Shown[]).map(({ style }) => style).lastIndexOf('positive');
      assert.ok(main <= 0, 'the main button is the first');
      assert.ok(bytesOf(card) < maxMessageBytes, `${String(bytesOf(card))} bytes`);
      for (const button of buttonsOf(card)) {
        const fallback = (button as unknown as { fallback: { type: string; data: object } }).fallback;
        assert.equal(fallback.type, 'Action.Submit');
        assert.deepEqual(fallback.data, { verb: button.verb, ...button.data });
      }
    });
  }

  it('says of published news that it is on the intranet, not that it queues', () => {
    const published = samples.filter(({ name }) => name === 'notice-newsPublished');
    assert.equal(published.length, languages.length);
    for (const { card } of published) {
      assert.match(textOf(card), /Intratiedotteena|Som intranätsmeddelande|As an intranet release/);
      assert.doesNotMatch(textOf(card), /jono|kön|queue/);
    }
  });

  it('measures a card as Teams does, in UTF-16', () => {
    const card = { type: 'AdaptiveCard', text: 'aä€😀' } as const;
    assert.equal(bytesOf(card), 2 * JSON.stringify(card).length);
    assert.equal(bytesOf(card), Buffer.byteLength(JSON.stringify(card), 'utf16le'));
  });

  const one = cardTemplate<{ title: string; rows: readonly { text: string }[] }>('one', {
    type: 'AdaptiveCard',
    title: 'A ${title}',
    rows: [{ $data: '${rows}', text: '${text}' }],
  });

  it('puts in the data as it is, and reads none of it as a template', () => {
    const nasty = '${title} `${1 + 1}` "\\ <b>**x**</b>';
    const card = render(one, { title: nasty, rows: [{ text: nasty }, { text: '${json(rows)}' }] });
    assert.deepEqual(card, {
      type: 'AdaptiveCard',
      title: `A ${nasty}`,
      rows: [{ text: nasty }, { text: '${json(rows)}' }],
    });
  });

  it('keeps days and times together in what is shown, and leaves what is in fields as it is', () => {
    const text = 'to 10.12. klo 13.00–14.30, tis 1.12 kl. 9.00: luettelo 3–4, se on to';
    const shown =
      'to\u00a010.12. klo\u00a013.00\u2060–\u206014.30, tis\u00a01.12 kl.\u00a09.00: luettelo 3–4, se on to';
    const card = render(
      cardTemplate<{ text: string }>('texts', {
        type: 'AdaptiveCard',
        body: [
          { type: 'TextBlock', text: '${text}' },
          { type: 'Input.Text', value: '${text}' },
        ],
      }),
      { text },
    );
    assert.deepEqual(card.body, [
      { type: 'TextBlock', text: shown },
      { type: 'Input.Text', value: text },
    ]);
  });

  it('shows what has waited as it is written, under what it is about', () => {
    const waited = samples.find(({ name, language }) => name === 'waited' && language === 'fi');
    assert.ok(waited);
    assert.match(textOf(waited.card), /Muistutus\nHankeradio on huomenna\nti 1\.12\. klo 9\.00–9\.30\n/);
    assert.match(textOf(waited.card), /Uutinen · Digihoitopolut\nUutisesi on hyväksytty\nMielenterveyden/);
  });

  it('fails where the data holds too little', () => {
    assert.throws(() => render(one, { rows: [] } as never), /Card one has no value for title/);
    assert.throws(() => render(one, { title: 'x' } as never), /no value for rows/);
    assert.throws(() => render(one, { title: 'x', rows: [{}] } as never), /no value for text/);
    assert.doesNotThrow(() => render(one, { title: '', rows: [] }));
  });
});
