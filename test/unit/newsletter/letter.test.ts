import assert from 'node:assert/strict';
import type { IssueId, StoryId } from '../../../src/platform/ids.js';
import { handleMessage } from '../../../src/delivery/outbox/kind.js';
import type { Mail } from '../../../src/delivery/mail/mailer.js';
import { issueOutDelivery, testMailDelivery } from '../../../src/newsletter/deliveries.js';
import { coordinator, otherCoordinator } from '../../make.js';
import { newsletterWorld, type NewsletterWorld } from '../../make-newsletter.js';
import { fails } from '../../world/fails.js';

describe('the letter of an issue', () => {
  let world: NewsletterWorld;
  let id: IssueId;
  let elma: StoryId;

  beforeEach(async () => {
    world = newsletterWorld();
    const placed = await world.newsletter.place(coordinator, await world.accepted('Elma'));
    id = placed.issueId;
    elma = placed.storyId ?? assert.fail('no story');
  });

  const view = () => world.newsletter.issue(coordinator, id);
  const nothing = { subject: null, preheader: null, greeting: null, signOff: null };

  it('is written in each language, goes into its mail, and takes an approval back', async () => {
    await world.newsletter.approve(coordinator, id, { waivers: [] });
    const texts = { subject: 'Joulukuu', greeting: 'Hei kaikki' };
    await world.newsletter.setLetter(coordinator, id, 'fi', texts, nothing);
    const { letter, status, usualSubject } = await view();
    assert.deepEqual([letter, status], [{ fi: texts }, 'drafting']);
    assert.deepEqual(usualSubject, { fi: 'Elma suomeksi', sv: 'Elma på svenska' });
    const fi = await world.newsletter.mail(coordinator, id, 'fi');
    assert.equal(fi.subject, '[Luonnos] Joulukuu');
    assert.match(fi.html, /Hei kaikki/);
    const sv = await world.newsletter.mail(coordinator, id, 'sv');
    assert.equal(sv.subject, '[Utkast] Elma på svenska');
  });

  it('of two who change other parts of it has both, and of the same part tells the second one', async () => {
    await world.newsletter.setLetter(coordinator, id, 'fi', { subject: 'Aino' }, nothing);
    await world.newsletter.setLetter(otherCoordinator, id, 'fi', { greeting: 'Hei' }, nothing);
    assert.deepEqual((await view()).letter.fi, { subject: 'Aino', greeting: 'Hei' });
    const late = world.newsletter.setLetter(otherCoordinator, id, 'fi', { subject: 'Linnea' }, nothing);
    await fails(late, 'edit.conflict');
  });

  it('takes no personal data, and no subject that inboxes cut', async () => {
    const personal = world.newsletter.setLetter(coordinator, id, 'fi', { greeting: '131052-308T' });
    assert.deepEqual((await fails(personal, 'text.personalData')).details.fields, [
      { field: 'greeting', code: 'personalId' },
    ]);
    const long = world.newsletter.setLetter(coordinator, id, 'sv', { subject: 'x'.repeat(121) });
    await fails(long, 'input.invalid');
  });

  it('keeps the sign-off for the next issue, and greeting, subject and what stands beside it for this one', async () => {
    const texts = {
      subject: 'Marraskuu',
      preheader: 'Elma',
      greeting: 'Tässä numerossa Elma',
      signOff: 'Terveisin viestintä',
    };
    await world.newsletter.setLetter(coordinator, id, 'fi', texts);
    await world.newsletter.setLetter(coordinator, id, 'sv', { greeting: 'I detta nummer Elma' });
    await world.newsletter.approve(coordinator, id, { waivers: [] });
    await world.newsletter.markSent(coordinator, id);
    const next = await world.newsletter.open(coordinator);
    const { letter } = await world.newsletter.issue(coordinator, next.issueId);
    assert.deepEqual(letter, { fi: { signOff: 'Terveisin viestintä' } });
  });

  describe('that went out by other means', () => {
    it('ends once it is approved, says who said so, and lets the next one begin', async () => {
      await fails(world.newsletter.markSent(coordinator, id), 'newsletter.notEditable');
      await world.newsletter.approve(coordinator, id, { waivers: [] });
      await world.newsletter.markSent(coordinator, id);
      const { status, sent } = await view();
      assert.deepEqual([status, sent?.by?.name], ['sent', coordinator.name]);
      await fails(
        world.newsletter.setDeadline(coordinator, id, { deadline: '2026-12-30' }),
        'newsletter.notEditable',
      );
      const placed = await world.newsletter.place(coordinator, await world.accepted('Toinen'));
      assert.equal(placed.number, 2);
      assert.deepEqual(
        (await world.newsletter.issues(coordinator)).map(({ number, status: state }) => [number, state]),
        [
          [2, 'collecting'],
          [1, 'sent'],
        ],
      );
    });

    it('lets its items know, which leave the desk with it, and come back with an undo', async () => {
      await world.newsletter.approve(coordinator, id, { waivers: [] });
      const { undo = 0 } = await world.newsletter.markSent(coordinator, id);
      const handle = async () => {
        for (const message of world.messages().filter(({ body }) => body.kind === 'newsletterOut'))
          await handleMessage(issueOutDelivery(world.newsletter), {
            ...message,
            state: { status: 'pending', attempts: 1 },
          });
        const { newsId } = await world.newsletter.story(coordinator, id, elma);
        return (await world.news.get(coordinator, newsId)).uses.map(({ outAt }) => outAt);
      };
      assert.deepEqual(await handle(), [world.clock.iso()]);
      await world.newsletter.undo(coordinator, id, undo);
      assert.deepEqual(await handle(), [undefined]);
    });

    it('is taken back by an undo, until the next one is open', async () => {
      await world.newsletter.approve(coordinator, id, { waivers: [] });
      const { undo = 0 } = await world.newsletter.markSent(coordinator, id);
      await world.newsletter.undo(coordinator, id, undo);
      assert.equal((await view()).status, 'approved');
      const again = await world.newsletter.markSent(coordinator, id);
      await world.newsletter.open(coordinator);
      await fails(world.newsletter.undo(coordinator, id, again.undo ?? 0), 'undo.tooLate');
    });
  });

  describe('as a test', () => {
    const sent: Mail[] = [];
    const mailer = {
      send: (mail: Mail) => {
        sent.push(mail);
        return Promise.resolve({ result: 'sent' } as const);
      },
    };

    it('goes to the address of whoever asked, once a form, marked as a draft', async () => {
      const input = { language: 'sv', to: 'aino@example.org', formId: 'test-0001' };
      await world.newsletter.sendTest(coordinator, id, input);
      await world.newsletter.sendTest(coordinator, id, input);
      const messages = world.messages().filter(({ body }) => body.kind === 'newsletterTest');
      assert.equal(messages.length, 1);
      for (const message of messages)
        await handleMessage(testMailDelivery(world.newsletter, mailer), {
          ...message,
          state: { status: 'pending', attempts: 1 },
        });
      assert.deepEqual(
        sent.map(({ to, subject }) => [to, subject]),
        [[{ name: coordinator.name, address: 'aino@example.org' }, '[Utkast] Elma på svenska']],
      );
    });

    it('refuses what is no address', async () => {
      const input = { language: 'sv', to: 'aino', formId: 'test-0001' };
      const { details } = await fails(world.newsletter.sendTest(coordinator, id, input), 'input.invalid');
      assert.equal((details.fields as { field: string }[])[0]?.field, 'to');
    });
  });

  it('keeps its order when a length of it changes, also where length decided before', async () => {
    world.clock.forward({ minutes: 1 });
    await world.newsletter.place(coordinator, await world.accepted('Toinen'));
    const titles = async () => {
      const { lead, sections } = await view();
      return [lead, ...sections.flatMap(({ stories }) => stories)].map((story) => story?.titles.fi);
    };
    assert.deepEqual(await titles(), ['Elma suomeksi', 'Toinen suomeksi']);
    const found = (await world.store.find(id)) ?? assert.fail('no issue');
    const toinen = found.value.stories.find((story) => story.id !== elma) ?? assert.fail('no story');
    const stories = found.value.stories.map((story) =>
      story === toinen ? { ...story, weight: 3 as const } : story,
    );
    await world.outbox.commit(world.store.write(found, { ...found.value, byWeight: true, stories }, []));
    assert.deepEqual(await titles(), ['Toinen suomeksi', 'Elma suomeksi']);
    await world.newsletter.setWeight(coordinator, id, toinen.id, { weight: 1 }, { weight: 3 });
    assert.deepEqual(await titles(), ['Toinen suomeksi', 'Elma suomeksi']);
  });
});
