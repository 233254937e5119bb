import assert from 'node:assert/strict';
import { AppError, fieldFaults, type ErrorCode } from '../../../src/platform/errors.js';
import { problemOf } from '../../../src/http/problem.js';
import { textStatus } from '../../../src/content/text.js';
import type { IssueId, NewsId } from '../../../src/platform/ids.js';
import { publicLanguages } from '../../../src/shared/languages.js';
import type { NewsItem, NewsUse } from '../../../src/news/types.js';
import {
  coordinator,
  newsWorld,
  otherCoordinator,
  otherWorker,
  submission,
  swedishText,
  worker,
  type NewsWorld,
} from '../../make.js';

async function errorOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  return assert.fail('nothing was thrown');
}

async function fails(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
  assert.equal((await errorOf(promise)).code, code);
}

/** How far the Finnish and the Swedish text are. */
const statuses = ({ texts }: NewsItem) => publicLanguages.map((language) => textStatus(texts, language));

describe('news service', () => {
  let world: NewsWorld;
  let item: NewsItem;

  const notices = () =>
    world.messages().flatMap(({ body, dueAt }) => (body.kind === 'notice' ? [{ ...body, dueAt }] : []));

  const use = (): NewsUse => ({
    in: 'newsletter',
    id: 'issue' as IssueId,
    number: 1,
    at: world.clock.now().toString(),
  });

  beforeEach(async () => {
    world = newsWorld();
    ({ item } = await world.news.submit(worker, submission()));
  });

  describe('submit', () => {
    it('is one item however often and at once it arrives', async () => {
      const sent = submission({ formId: 'form-thrice' });
      const results = await Promise.all([1, 2, 3].map(() => world.news.submit(worker, sent)));
      assert.deepEqual(results.map(({ created }) => created).sort(), [false, false, true]);
      assert.equal(new Set(results.map((result) => result.item.id)).size, 1);
      assert.ok(results.every(({ same }) => same));
      assert.equal((await world.news.mine(worker)).lines.length, 2);
    });

    it('distinguishes an old form with a new text from a repeated one, and keeps what is stored', async () => {
      const again = submission({ words: { title: 'Muuta', lead: 'x', body: 'y' } });
      const result = await world.news.submit(worker, again);
      assert.deepEqual([result.created, result.same], [false, false]);
      assert.equal(result.item.texts.fi?.title, 'Elma neuvoo elintavoissa');
    });

    it('gives two people with the same form two items', async () => {
      const other = await world.news.submit(otherWorker, submission());
      assert.notEqual(other.item.id, item.id);
    });

    it('costs one round trip', async () => {
      const before = world.trips();
      await world.news.submit(worker, submission({ formId: 'form-counted' }));
      assert.equal(world.trips() - before, 1);
    });

    it('names every fault at its field', async () => {
      const error = await errorOf(
        world.news.submit(worker, {
          ...submission(),
          projectId: '',
          words: { title: ' ', lead: 'x', body: 'a'.repeat(10_000) },
          link: 'javascript:alert(1)',
          earliestDate: '2026-02-30',
          colour: 'red',
        }),
      );
      assert.deepEqual(
        fieldFaults(error)
          .map(({ field, code }) => `${field} ${code}`)
          .sort(),
        [
          'colour unknownField',
          'earliestDate notADate',
          'link notALink',
          'projectId required',
          'words.body tooLong',
          'words.title required',
        ],
      );
      const long = fieldFaults(error).find(({ code }) => code === 'tooLong');
      assert.deepEqual(long?.values, { limit: 8000, length: 10_000 });
    });

    it('refuses a project that is not of the programme, a language that is neither, a past date', async () => {
      const codes = async (more: Record<string, unknown>) =>
        fieldFaults(
          await errorOf(world.news.submit(worker, submission({ formId: 'form-bad1', ...more }))),
        ).map(({ field, code }) => `${field} ${code}`);
      assert.deepEqual(await codes({ projectId: 'other' }), ['projectId unknownChoice']);
      assert.deepEqual(await codes({ language: 'de' }), ['language unknownChoice']);
      assert.deepEqual(await codes({ earliestDate: '2026-11-22' }), ['earliestDate datePast']);
    });

    it('stops a personal identity code before anything is stored', async () => {
      const words = { title: 'Potilas', lead: 'x', body: 'Hänen tunnuksensa on 131052-308T.' };
      const error = await errorOf(world.news.submit(worker, submission({ formId: 'form-hetu', words })));
      assert.equal(error.code, 'text.personalData');
      assert.deepEqual(fieldFaults(error), [{ field: 'words.body', code: 'personalId' }]);
      assert.equal((await world.news.mine(worker)).lines.length, 1);
    });

    it('stops one in the link and in a note just as well', async () => {
      const link = 'https://example.org/?id=131052-308T';
      const fieldOf = async (promise: Promise<unknown>) => {
        const error = await errorOf(promise);
        assert.equal(error.code, 'text.personalData');
        return fieldFaults(error).map(({ field }) => field);
      };
      assert.deepEqual(await fieldOf(world.news.submit(worker, submission({ formId: 'form-link', link }))), [
        'link',
      ]);
      const { projectId, audiences, wishedChannels } = item;
      const details = { projectId, audiences, wishedChannels, link };
      assert.deepEqual(await fieldOf(world.news.editDetails(coordinator, item.id, details)), ['link']);
      const text = 'Koskeeko tämä henkilöä 131052–308T?';
      assert.deepEqual(await fieldOf(world.news.note(coordinator, item.id, text)), ['note']);
      assert.deepEqual(await fieldOf(world.news.requestChanges(coordinator, item.id, text)), ['note']);
      assert.deepEqual(await fieldOf(world.news.reject(coordinator, item.id, text)), ['reason']);
    });

    it('keeps HTML, template text and emoji as plain text', async () => {
      const words = { title: '<b>${title}</b> 🎉', lead: '{{x}}', body: '<script>alert(1)</script>' };
      const { item: odd } = await world.news.submit(worker, submission({ formId: 'form-odd1', words }));
      assert.deepEqual(
        [odd.texts.fi?.title, odd.texts.fi?.lead, odd.texts.fi?.body],
        [words.title, words.lead, words.body],
      );
    });
  });

  describe('decisions', () => {
    it('passes through review and notifies the author after the time for an undo', async () => {
      const { item: accepted, undo } = await world.news.accept(coordinator, item.id);
      assert.equal(accepted.state.status, 'accepted');
      const trail = await world.news.audit(coordinator, item.id);
      assert.deepEqual(
        trail.lines.map(({ event }) => event.action),
        ['accept', 'startReview', 'submit'],
      );
      assert.equal(undo, 3);
      assert.deepEqual(notices(), [
        {
          kind: 'notice',
          to: worker.id,
          notice: { about: 'newsAccepted', newsId: item.id },
          dueAt: '2026-11-23T08:00:10Z',
        },
      ]);
    });

    it('undone leaves no text ready that was not so before', async () => {
      await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
      const before = (await world.news.get(coordinator, item.id)).texts;
      const { undo = 0, item: accepted } = await world.news.accept(coordinator, item.id);
      assert.deepEqual([accepted.texts.fi?.ready, accepted.texts.sv?.ready], [1, 0]);
      const { item: back } = await world.news.undo(coordinator, item.id, undo);
      assert.deepEqual(back.texts, before);
      await world.news.ready(coordinator, item.id, 'fi');
      const again = await world.news.accept(coordinator, item.id);
      const { item: still } = await world.news.undo(coordinator, item.id, again.undo ?? 0);
      assert.equal(still.texts.fi?.ready, 1);
    });

    it('undoes the last move, and the author is not notified', async () => {
      const { undo } = await world.news.reject(coordinator, item.id, 'Jo kerrottu');
      const { item: back } = await world.news.undo(coordinator, item.id, undo ?? 0);
      assert.equal(back.state.status, 'submitted');
      assert.deepEqual(notices(), []);
    });

    it('does not take back what somebody has built upon, or what another did', async () => {
      const { undo = 0 } = await world.news.accept(coordinator, item.id);
      await fails(world.news.undo(otherCoordinator, item.id, undo), 'undo.tooLate');
      await world.news.note(otherCoordinator, item.id, 'Hyvä');
      await fails(world.news.undo(coordinator, item.id, undo), 'undo.tooLate');
    });

    it('takes nothing back after two weeks, and says that it is too long ago', async () => {
      const { undo = 0 } = await world.news.startReview(coordinator, item.id);
      world.clock.forward({ hours: 14 * 24, seconds: 1 });
      const error = await errorOf(world.news.undo(coordinator, item.id, undo));
      assert.equal(error.code, 'undo.tooOld');
      assert.deepEqual(
        (['fi', 'sv'] as const).map((language) => problemOf(error, language).title),
        [
          'Tätä ei voi enää kumota, koska siitä on yli kaksi viikkoa. Tee muutos sen sijaan uudelleen.',
          'Det här kan inte längre ångras, eftersom det har gått mer än två veckor. Gör en ny ändring i stället.',
        ],
      );
      assert.equal((await world.news.get(coordinator, item.id)).state.status, 'inReview');
    });

    it('takes an action back that is two weeks old to the second', async () => {
      const { undo = 0 } = await world.news.startReview(coordinator, item.id);
      world.clock.forward({ hours: 14 * 24 });
      const { item: back } = await world.news.undo(coordinator, item.id, undo);
      assert.equal(back.state.status, 'submitted');
    });

    it('refuses a move that does not start from the current state, and names that state', async () => {
      await world.news.reject(coordinator, item.id, 'Jo kerrottu');
      const error = await errorOf(world.news.accept(coordinator, item.id));
      assert.equal(error.code, 'news.moveNotAllowed');
      assert.equal(error.details.state, 'rejected');
    });

    it('requires a reason and a note that are not empty', async () => {
      await fails(world.news.reject(coordinator, item.id, '  '), 'input.invalid');
      await fails(world.news.requestChanges(coordinator, item.id, ''), 'input.invalid');
    });

    it('leaves decisions to reviewers, and the sight of others’ news too', async () => {
      await fails(world.news.accept(worker, item.id), 'permission.denied');
      await fails(world.news.get(otherWorker, item.id), 'permission.denied');
      await fails(world.news.list(worker, {}), 'permission.denied');
      await fails(world.news.withdraw(coordinator, item.id), 'permission.denied');
    });

    it('lets two at once decide once', async () => {
      const both = await Promise.allSettled([
        world.news.accept(coordinator, item.id),
        world.news.reject(otherCoordinator, item.id, 'Jo kerrottu'),
      ]);
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      assert.equal(notices().length, 1);
    });
  });

  describe('the author’s changes', () => {
    it('submit an item again for which changes were requested', async () => {
      await world.news.requestChanges(coordinator, item.id, 'Kerro vielä missä');
      const words = { title: 'Elma neuvoo', lead: 'Miksi', body: 'Vaasassa.' };
      const { item: revised } = await world.news.revise(worker, item.id, submission({ words }), 1);
      assert.equal(revised.state.status, 'submitted');
      assert.equal(revised.texts.fi?.revision, 2);
    });

    it('store nothing when there are none, in whatever order things were ticked', async () => {
      const same = submission({ formId: 'form-same', wishedChannels: ['intranet', 'newsletter'] });
      const { item: revised } = await world.news.revise(worker, item.id, same, 1);
      assert.deepEqual(revised, item);
      const { projectId, audiences } = item;
      const details = { projectId, audiences, wishedChannels: ['intranet', 'newsletter'] };
      const { item: edited } = await world.news.editDetails(coordinator, item.id, details);
      assert.deepEqual(edited, item);
      assert.equal((await world.news.audit(worker, item.id)).lines.length, 1);
      const { item: other } = await world.news.revise(worker, item.id, { ...same, audiences: [] }, 1);
      assert.deepEqual(other.audiences, []);
    });

    it('submit an item unchanged for which changes were requested', async () => {
      await world.news.requestChanges(coordinator, item.id, 'Kerro vielä missä');
      const { item: revised } = await world.news.revise(worker, item.id, submission(), 1);
      assert.deepEqual([revised.state.status, revised.texts.fi?.revision], ['submitted', 1]);
      const deeds = (await world.news.audit(worker, item.id)).lines.map(({ event }) => event.action);
      assert.deepEqual(deeds.slice(0, 2), ['resubmit', 'requestChanges']);
    });

    it('lose no text when the coordinator was faster', async () => {
      const theirs = { title: 'Toimitettu', lead: 'a', body: 'b' };
      await world.news.edit(coordinator, item.id, 'fi', theirs, 1);
      const mine = { title: 'Omani', lead: 'c', body: 'd' };
      const error = await errorOf(world.news.revise(worker, item.id, submission({ words: mine }), 1));
      assert.equal(error.code, 'text.conflict');
      const { lines } = await world.news.history(coordinator, item.id, 'fi');
      assert.deepEqual(
        lines.map(({ title, parked }) => [title, parked === true]),
        [
          ['Toimitettu', false],
          ['Omani', true],
          ['Elma neuvoo elintavoissa', false],
        ],
      );
    });

    it('are over once it is accepted, but it can be withdrawn until it is used', async () => {
      await world.news.accept(coordinator, item.id);
      await fails(world.news.revise(worker, item.id, submission(), 1), 'news.moveNotAllowed');
      const { item: withdrawn, undo = 0 } = await world.news.withdraw(worker, item.id);
      assert.equal(withdrawn.state.status, 'withdrawn');
      const { item: back } = await world.news.undo(worker, item.id, undo);
      assert.equal(back.state.status, 'accepted');
    });
  });

  describe('texts', () => {
    it('asks the other language for a look once an edit is ready, until somebody says that it is ready, too', async () => {
      await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
      await world.news.ready(coordinator, item.id, 'sv');
      const edited = { title: 'Elma laajenee', lead: 'a', body: 'b' };
      const { item: begun } = await world.news.edit(coordinator, item.id, 'fi', edited, 1);
      assert.deepEqual(statuses(begun), ['inProgress', 'ready']);
      const { item: behind } = await world.news.ready(coordinator, item.id, 'fi');
      assert.deepEqual([statuses(behind), behind.texts.sv?.checked.fi], [['ready', 'behind'], 1]);
      const { item: caughtUp } = await world.news.ready(coordinator, item.id, 'sv');
      assert.deepEqual([statuses(caughtUp), caughtUp.texts.sv?.checked.fi], [['ready', 'ready'], 2]);
    });

    it('is ready when its author sends it in, in progress after an edit, and ready when the item is accepted', async () => {
      assert.deepEqual(statuses(item), ['ready', 'missing']);
      const half = { title: 'Elma laajenee', lead: '', body: 'Vaasassa' };
      const { item: edited } = await world.news.edit(coordinator, item.id, 'fi', half, 1);
      assert.deepEqual(statuses(edited), ['inProgress', 'missing']);
      await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
      const { item: accepted } = await world.news.accept(coordinator, item.id);
      // What was accepted is what its author wrote: a translation that was begun stays so.
      assert.deepEqual(statuses(accepted), ['ready', 'inProgress']);
    });

    it('is accepted without being ready where its body is empty', async () => {
      await world.news.edit(coordinator, item.id, 'fi', { title: 'Elma', lead: 'Miksi', body: '' }, 1);
      const { item: accepted } = await world.news.accept(coordinator, item.id);
      assert.deepEqual([accepted.state.status, ...statuses(accepted)], ['accepted', 'inProgress', 'missing']);
      await fails(world.news.ready(coordinator, item.id, 'fi'), 'text.missing');
      await fails(world.news.ready(coordinator, item.id, 'sv'), 'text.missing');
    });

    it('is said to be ready at the revisions that were seen, by those who may edit it, and once', async () => {
      await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
      const late = world.news.ready(coordinator, item.id, 'sv', { seen: { fi: 1 } });
      assert.deepEqual((await errorOf(late)).details.revisions, { fi: 1, sv: 1, en: 0 });
      await fails(world.news.ready(otherWorker, item.id, 'sv'), 'permission.denied');
      const { item: ready } = await world.news.ready(coordinator, item.id, 'sv', { seen: { fi: 1, sv: 1 } });
      const { item: again } = await world.news.ready(coordinator, item.id, 'sv', { seen: { fi: 1, sv: 1 } });
      assert.deepEqual(again, ready);
    });

    it('keeps a save that comes late after an acceptance beside the text, which stays ready', async () => {
      await world.news.edit(coordinator, item.id, 'fi', { title: 'Elma', lead: '', body: 'Vaasassa' }, 1);
      await world.news.accept(coordinator, item.id);
      const late = { title: 'Elma', lead: '', body: 'Vaasassa ja Pietarsaaressa' };
      const error = await errorOf(world.news.edit(otherCoordinator, item.id, 'fi', late, 1));
      assert.equal(error.code, 'text.conflict');
      assert.equal((error.details.theirs as { body: string }).body, 'Vaasassa');
      const now = await world.news.get(coordinator, item.id);
      assert.deepEqual([now.state.status, ...statuses(now)], ['accepted', 'ready', 'missing']);
      const { lines } = await world.news.history(coordinator, item.id, 'fi');
      assert.ok(lines.some(({ body, parked }) => parked === true && body === late.body));
    });

    describe('that was copied from the other language', () => {
      const finnish = {
        title: 'Elma palvelee nyt koko aluetta',
        lead: '',
        body: 'Elma on nyt käytössä kaikissa alueen kunnissa, ja asiakkaat voivat varata sen kautta aikoja.',
      };
      const ready = (language: 'fi' | 'sv', although = false) =>
        world.news.ready(coordinator, item.id, language, { although });

      beforeEach(async () => {
        await world.news.edit(coordinator, item.id, 'fi', finnish, 1);
        await world.news.edit(coordinator, item.id, 'sv', finnish, 0);
      });

      it('is not said to be ready, and names the parts that are the same', async () => {
        const error = await errorOf(ready('sv'));
        assert.equal(error.code, 'text.sameAsOther');
        const { status, details } = problemOf(error, 'fi');
        assert.deepEqual(
          [status, details?.language, details?.other, details?.parts],
          [409, 'sv', 'fi', 'title_body'],
        );
        assert.equal((await world.news.get(coordinator, item.id)).texts.sv?.ready, 0);
      });

      it('is ready all the same where somebody says so, and is asked about once', async () => {
        await ready('sv', true);
        await world.news.accept(coordinator, item.id);
        const now = await world.news.get(coordinator, item.id);
        assert.deepEqual([now.state.status, ...statuses(now)], ['accepted', 'ready', 'ready']);
      });

      it('keeps nobody from approving the text that it was copied from', async () => {
        await world.news.accept(coordinator, item.id);
        const now = await world.news.get(coordinator, item.id);
        assert.deepEqual([now.state.status, ...statuses(now)], ['accepted', 'ready', 'inProgress']);
      });

      for (const [name, decide] of Object.entries({
        accept: (although?: boolean) =>
          world.news.accept(coordinator, item.id, { although: although === true }),
        place: (although?: boolean) => world.news.use(coordinator, item.id, use(), { although }),
      }))
        it(`is asked about by ${name} where what it is beside has changed since`, async () => {
          await ready('sv', true);
          await world.news.edit(
            coordinator,
            item.id,
            'fi',
            { ...finnish, title: 'Elma on nyt joka kunnassa' },
            2,
          );
          const error = await errorOf(decide());
          assert.deepEqual([error.code, error.details.parts], ['text.sameAsOther', 'body']);
          await decide(true);
        });
    });

    describe('that somebody else is in the middle of', () => {
      const half = { title: 'Elma laajenee', lead: '', body: 'Ensimmäinen lau' };
      const decisions: Readonly<Record<string, (although?: boolean) => Promise<unknown>>> = {
        accept: (although = false) => world.news.accept(coordinator, item.id, { although }),
        ready: (although = false) => world.news.ready(coordinator, item.id, 'fi', { although }),
        place: (although = false) => world.news.use(coordinator, item.id, use(), { although }),
      };

      for (const [name, decide] of Object.entries(decisions)) {
        it(`is not approved by ${name} within 30 seconds, and names who writes`, async () => {
          await world.news.edit(otherCoordinator, item.id, 'fi', half, 1);
          world.clock.forward({ seconds: 29 });
          const error = await errorOf(decide());
          assert.equal(error.code, 'text.beingWritten');
          assert.deepEqual([error.details.who, error.details.language], ['Clara', 'fi']);
          const { status, details } = problemOf(error, 'fi');
          assert.deepEqual([status, details?.who], [409, 'Clara']);
          world.clock.forward({ seconds: 2 });
          await decide();
        });

        it(`is approved by ${name} all the same by whoever says so`, async () => {
          await world.news.edit(otherCoordinator, item.id, 'fi', half, 1);
          await decide(true);
        });

        it(`holds up no ${name} of whoever writes it`, async () => {
          await world.news.edit(coordinator, item.id, 'fi', half, 1);
          await decide();
        });
      }

      it('holds up nobody once it is said to be ready', async () => {
        await world.news.edit(otherCoordinator, item.id, 'fi', half, 1);
        await world.news.ready(otherCoordinator, item.id, 'fi');
        await world.news.accept(coordinator, item.id);
      });

      it('holds up the readiness of no other language', async () => {
        await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
        await world.news.edit(otherCoordinator, item.id, 'fi', half, 1);
        await world.news.ready(coordinator, item.id, 'sv');
      });
    });

    it('stores nothing when the same text comes again', async () => {
      const { item: first } = await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
      const { item: again } = await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
      assert.equal(again.auditCount, first.auditCount);
    });

    describe('saved by themselves while somebody types', () => {
      const typed = (body: string) => ({ title: 'Elma laajenee', lead: '', body });

      /** Types so many times, 2 seconds apart. @returns the revision after it */
      async function type(who: typeof coordinator, times: number, from: number): Promise<number> {
        for (let revision = from; revision < from + times; revision++) {
          await world.news.edit(who, item.id, 'fi', typed(`${who.name} ${String(revision)}`), revision);
          world.clock.forward({ seconds: 2 });
        }
        return from + times;
      }
      const trail = async () =>
        (await world.news.audit(coordinator, item.id)).lines.map(({ by, event, since }) => {
          const revision = 'revision' in event ? ` ${String(event.revision)}` : '';
          return `${by?.name ?? ''} ${event.action}${revision}${since === undefined ? '' : ' in a row'}`;
        });

      it('are one entry a person, whatever they saved, and bury nothing else', async () => {
        await world.news.requestChanges(coordinator, item.id, 'Kerro vielä missä');
        await world.news.revise(worker, item.id, submission(), 1);
        const revision = await type(coordinator, 300, 1);
        await type(otherCoordinator, 3, revision);
        await type(coordinator, 2, revision + 3);
        assert.deepEqual(await trail(), [
          'Kaisa edit 306 in a row',
          'Clara edit 304 in a row',
          'Kaisa edit 301 in a row',
          'Kaisa startReview',
          'Kaisa edit 2',
          'Vilma resubmit',
          'Kaisa requestChanges',
          'Kaisa startReview',
          'Vilma submit',
        ]);
      });

      it('begin a new entry after a break, in another language, and after anything else', async () => {
        let revision = await type(coordinator, 2, 1);
        world.clock.forward({ hours: 2 });
        revision = await type(coordinator, 2, revision);
        await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
        revision = await type(coordinator, 2, revision);
        await world.news.accept(coordinator, item.id);
        await type(coordinator, 1, revision);
        const entries = await trail();
        assert.equal(entries.filter((line) => line.includes('edit')).length, 6, entries.join('\n'));
      });

      it('are found by the search as they are now', async () => {
        await type(coordinator, 3, 1);
        await world.news.edit(coordinator, item.id, 'fi', typed('Kirjastoauto'), 4);
        await world.index();
        assert.equal((await world.news.search(coordinator, 'kirjastoauto', {})).lines.length, 1);
      });
    });

    it('refuses the later of two editors, who sees the current text', async () => {
      const results = await Promise.allSettled([
        world.news.edit(coordinator, item.id, 'fi', { title: 'Yksi', lead: '', body: '' }, 1),
        world.news.edit(otherCoordinator, item.id, 'fi', { title: 'Kaksi', lead: '', body: '' }, 1),
      ]);
      const late = results.find((result) => result.status === 'rejected');
      assert.ok(late?.reason instanceof AppError);
      assert.equal(late.reason.code, 'text.conflict');
      const { lines } = await world.news.history(coordinator, item.id, 'fi');
      assert.deepEqual(lines.map(({ title }) => title).sort(), ['Elma neuvoo elintavoissa', 'Kaksi', 'Yksi']);
    });

    it('notifies the users of the item, in the same transaction', async () => {
      const changed: string[] = [];
      world.users.push({
        textChanged: (item) => {
          changed.push(item.texts.fi?.title ?? '');
          return Promise.resolve([{ op: 'put', key: 'user|changed', value: {} }]);
        },
      });
      await world.news.accept(coordinator, item.id);
      await world.news.edit(coordinator, item.id, 'fi', { title: 'Ei käytössä', lead: '', body: '' }, 1);
      assert.deepEqual(changed, []);
      const { changes } = await world.news.use(coordinator, item.id, use());
      await world.commit(changes);
      await world.news.edit(coordinator, item.id, 'fi', { title: 'Käytössä', lead: '', body: '' }, 2);
      assert.deepEqual(changed, ['Käytössä']);
    });

    it('hold an item that is used: it can be neither withdrawn nor reopened', async () => {
      await world.commit((await world.news.use(coordinator, item.id, use())).changes);
      await fails(world.news.withdraw(worker, item.id), 'news.inUse');
      await fails(world.news.reopen(coordinator, item.id), 'news.inUse');
      await world.commit((await world.news.unuse(coordinator, item.id, use())).changes);
      assert.equal((await world.news.withdraw(worker, item.id)).item.state.status, 'withdrawn');
    });
  });

  describe('for other folders', () => {
    it('accepts an item on the way to where it is used, and notifies its author of both in one transaction', async () => {
      await world.news.edit(coordinator, item.id, 'fi', { title: 'Elma', lead: '', body: 'Vaasassa' }, 1);
      const { item: used, changes, messages } = await world.news.use(coordinator, item.id, use());
      assert.deepEqual(
        [used.state.status, ...statuses(used), used.uses.length],
        ['accepted', 'ready', 'missing', 1],
      );
      await world.outbox.commit([...changes], messages);
      const trail = (await world.news.audit(coordinator, item.id)).lines.map(({ event }) => event.action);
      assert.deepEqual(trail, ['place', 'accept', 'startReview', 'edit', 'submit']);
      const about = notices().map((body) => 'notice' in body && (body.notice as { about: string }).about);
      assert.deepEqual(about, ['newsAccepted']);
    });

    it('uses no item that was rejected or withdrawn, or is with its author', async () => {
      await world.news.requestChanges(coordinator, item.id, 'Lisää');
      await fails(world.news.use(coordinator, item.id, use()), 'news.notAccepted');
      const { item: other } = await world.news.submit(worker, submission({ formId: 'form-other' }));
      await world.news.reject(coordinator, other.id, 'Jo kerrottu');
      await fails(world.news.use(coordinator, other.id, use()), 'news.notAccepted');
      const { item: third } = await world.news.submit(worker, submission({ formId: 'form-third' }));
      await world.news.withdraw(worker, third.id);
      await fails(world.news.use(coordinator, third.id, use()), 'news.notAccepted');
    });

    it('makes an item that is accepted from the beginning, outside New, and notifies nobody', async () => {
      const made = world.news.make(
        { by: { id: coordinator.id, name: coordinator.name }, at: world.clock.iso() },
        'made-item' as NewsId,
        use(),
        { projectId: item.projectId, originalLanguage: 'fi', texts: {} },
      );
      await world.outbox.commit([...made.changes], made.messages);
      const found = await world.news.get(coordinator, made.item.id);
      assert.deepEqual([found.state.status, found.made, found.uses.length], ['accepted', true, 1]);
      const { review } = await world.news.waiting(coordinator);
      assert.equal(review?.submitted.count, 1);
      assert.deepEqual(notices(), []);
    });

    it('lets the search know when an item comes into use and when it is free again', async () => {
      const isFoundUsed = async () => {
        await world.index();
        return (await world.news.search(coordinator, 'elma', {})).lines.map(({ used }) => used);
      };
      await world.news.accept(coordinator, item.id);
      assert.deepEqual(await isFoundUsed(), [false]);
      const taken = await world.news.use(coordinator, item.id, use());
      await world.outbox.commit([...taken.changes], taken.messages);
      assert.deepEqual(await isFoundUsed(), [true]);
      const freed = await world.news.unuse(coordinator, item.id, use());
      await world.outbox.commit([...freed.changes], freed.messages);
      assert.deepEqual(await isFoundUsed(), [false]);
    });

    it('gives many items in the order asked, without asking the storage for all at once', async () => {
      const ids = await Promise.all(
        Array.from({ length: 40 }, async (_, number) => {
          const form = submission({ formId: `form-many-${String(number)}` });
          return (await world.news.submit(worker, form)).item.id;
        }),
      );
      let underWay = 0;
      let most = 0;
      const find = world.rows.get.bind(world.rows);
      world.rows.get = async (...place) => {
        most = Math.max(most, ++underWay);
        const found = await find(...place);
        underWay--;
        return found as never;
      };
      const unknown = 'nobody' as NewsId;
      const found = await world.news.many([...ids.slice(0, 20), unknown, ...ids.slice(20)]);
      assert.deepEqual(
        found.map(({ id }) => id),
        ids,
      );
      assert.equal(most, 16);
    });
  });

  describe('lists', () => {
    it('have an item under each filter that matches it, and under no other', async () => {
      await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
      assert.equal((await world.news.list(coordinator, { missing: 'sv' })).lines.length, 1);
      await world.news.ready(coordinator, item.id, 'sv');
      const count = async (filter: Parameters<typeof world.news.list>[1]) =>
        (await world.news.list(coordinator, filter)).lines.length;
      assert.equal(await count({}), 1);
      assert.equal(await count({ state: 'inReview' }), 1);
      assert.equal(await count({ state: 'submitted' }), 0);
      assert.equal(await count({ missing: 'sv' }), 0);
      assert.equal(await count({ state: 'inReview', projectId: item.projectId }), 1);
    });

    it('go on where the page before ended, newest first', async () => {
      for (let number = 0; number < 35; number++) {
        world.clock.forward({ minutes: 1 });
        const words = { title: `Uutinen ${String(number)}`, lead: 'a', body: 'b' };
        await world.news.submit(worker, submission({ formId: `form-page-${String(number)}`, words }));
      }
      const first = await world.news.list(coordinator, {});
      assert.equal(first.lines[0]?.titles.fi, 'Uutinen 34');
      const second = await world.news.list(coordinator, {}, first.next);
      assert.equal(first.lines.length + second.lines.length, 36);
      assert.equal(second.next, undefined);
      assert.equal(new Set([...first.lines, ...second.lines].map(({ id }) => id)).size, 36);
    });

    it('find by the beginnings of words, with the filters, and forget words that were removed', async () => {
      await world.index();
      const find = async (text: string, filter = {}) =>
        (await world.news.search(coordinator, text, filter)).lines.map(({ id }) => id);
      assert.deepEqual(await find('elma kunn'), [item.id]);
      assert.deepEqual(await find('vil'), [item.id]);
      assert.deepEqual(await find('elma puuttuu'), []);
      assert.deepEqual(await find('elma', { state: 'accepted' }), []);
      await world.news.edit(coordinator, item.id, 'fi', { title: 'Chatti', lead: '', body: '' }, 1);
      await world.index();
      assert.deepEqual(await find('kunn'), []);
      assert.deepEqual(await find('chat', { status: 'inReview' }), [item.id]);
    });
  });
});
