import assert from 'node:assert/strict';
import { meetingChatIn, meetingChatOf } from '../../../src/shared/teams-meeting.js';

const chat = '19:meeting_ODg3NjU0MzIxMDEyMzQ1Njc4OQ@thread.v2';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the chat of a meeting in Teams', () => {
  it('is named by a link to join, however it is encoded', () => {
    const context = '0?context=%7b%22Tid%22%3a%221%22%7d';
    const once = encodeURIComponent(chat);
    for (const part of [
      chat,
      once,
      encodeURIComponent(once),
      once.replace('%3A', '%3a').replace('%40', '%40'),
    ])
      assert.equal(meetingChatOf(`https://teams.microsoft.com/l/meetup-join/${part}/${context}`), chat, part);
    assert.equal(
      meetingChatOf('https://gov.teams.microsoft.us/l/meetup-join/19%3Aabc%40thread.tacv2/1690000000000'),
      '19:abc@thread.tacv2',
    );
  });

  it('is not known of a short link, of another service, and of what is no link', () => {
    for (const link of [
      'https://teams.microsoft.com/meet/2345678901234?p=abc',
      'https://teams.microsoft.com/l/meetup-join/',
      'https://teams.microsoft.com/l/meetup-join/%E0%A4%A/0',
      `https://teams.microsoft.com.example.org/l/meetup-join/${encodeURIComponent(chat)}/0`,
      `https://zoom.example/l/meetup-join/${encodeURIComponent(chat)}/0`,
      'luokka 3',
      '',
    ])
      assert.equal(meetingChatOf(link), undefined, link);
  });

  it('is what Teams says of where the tab is: its chat, or the id of the meeting', () => {
    const meetingId = base64(`0#${chat}#0`);
    assert.equal(meetingChatIn({ meetingId, chatId: chat }), chat);
    assert.equal(meetingChatIn({ meetingId, chatId: undefined }), chat);
    assert.equal(meetingChatIn({ meetingId, chatId: 'something new' }), chat);
  });

  it('is nothing in no meeting, and empty where Teams does not say which', () => {
    assert.equal(meetingChatIn({ meetingId: undefined, chatId: '19:abc@thread.v2' }), undefined);
    assert.equal(meetingChatIn({ meetingId: '', chatId: undefined }), undefined);
    assert.equal(meetingChatIn({ meetingId: '%', chatId: undefined }), '');
    assert.equal(meetingChatIn({ meetingId: base64('something new'), chatId: undefined }), '');
  });
});
