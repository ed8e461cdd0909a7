import type { ContractCase } from './contract-suite.js';
import { equal, ok, rejects } from './expect.js';
import { connected, firstEvent, eventsOf, offered, type TelephonyFixture } from './telephony-fixture.js';

/** The contract for chats, voicemails and lists. */
export const chatCases: readonly ContractCase<TelephonyFixture>[] = [
  {
    title: 'R1 a chat is offered, assigned, connected, ended and closed, and does not change the status',
    needs: ['chat', 'lever chat'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events } = await connected(fixture);
      await telephony.setStatus('available');
      const id = await fixture.chat!();
      await advance(1000);
      await telephony.answer(id);
      await advance(5000);
      await telephony.end(id);
      await advance(10_000);
      const types = eventsOf(events, id).map(({ type }) => type as string);
      const order = ['offered', 'assigned', 'connected', 'ended', 'closed'].map((state) => `session.${state}`);
      equal(
        types.filter((type) => order.includes(type)),
        order,
        'the order of the events',
      );
      ok(firstEvent(eventsOf(events, id), 'session.assigned').session.channel.endsWith('-chat'), 'It is a chat');
      ok(!events.some((event) => event.type === 'agent.status' && event.status === 'in-call'), 'No call');
    },
  },
  {
    title: 'A7 during a call, no more chats are offered than the rules allow',
    needs: ['chat', 'lever chat', 'lever incoming'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events, id } = await offered(fixture, { maxChats: 1 });
      await telephony.answer(id);
      await advance(2000);
      const first = await fixture.chat!();
      const second = await fixture.chat!();
      await advance(2000);
      firstEvent(eventsOf(events, first), 'session.offered');
      equal(eventsOf(events, second), [], 'the second');
      await telephony.answer(first);
      await advance(2000);
      await telephony.end(first);
      await advance(2000);
      firstEvent(eventsOf(events, second), 'session.offered');
    },
  },
  {
    title: 'R5 R18 a voicemail is received and listed, and events report that it was read and closed',
    needs: ['voicemail', 'lever voicemail'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      const { events } = await connected(fixture);
      const id = await fixture.voicemail!();
      await advance(2000);
      const { session, recording } = firstEvent(eventsOf(events, id), 'voicemail.received');
      ok(session.voicemail && (recording.url || recording.file), 'A voicemail has a link or a file');
      const listed = async () => (await telephony.voicemails!()).items.find((one) => one.session.id === id);
      equal((await listed())?.state, 'new', 'state');
      for (const as of ['read', 'closed'] as const) {
        await telephony.markVoicemail!((await listed())!.id, as);
        await advance(2000);
        equal([firstEvent(eventsOf(events, id), `voicemail.${as}`).agent, (await listed())?.state], [agent.id, as], as);
      }
      const unknown = telephony.markVoicemail!('no such voicemail', 'read');
      await rejects(unknown, { name: 'TelephonyError', code: 'invalid' }, 'an unknown voicemail');
    },
  },
  {
    title: 'A3 the history has missed and answered sessions, newest first, in pages',
    needs: ['history', 'lever incoming', 'lever hangUp'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id } = await offered(fixture);
      await advance(60_000);
      await telephony.setStatus('available');
      await fixture.hangUp!(id);
      const second = await fixture.incoming!('+14155550124');
      await advance(1000);
      await telephony.answer(second);
      await advance(5000);
      await telephony.end(second);
      await advance(10_000);
      const { items } = await telephony.history!();
      equal(
        items.map(({ session, missed }) => [session.id, missed]),
        [
          [second, false],
          [id, true],
        ],
        'sessions',
      );
      const first = await telephony.history!({ limit: 1 });
      equal([first.items.length, first.next !== undefined], [1, true], 'the first page');
      equal((await telephony.history!({ limit: 1, page: first.next! })).items[0]?.session.id, id, 'the second page');
    },
  },
  {
    title: 'A4 the directory finds targets for transfers, but not the agent',
    needs: ['directory', 'lever targets'],
    async run(fixture) {
      const { telephony, agent } = fixture;
      await connected(fixture);
      const { items } = await telephony.directory!('');
      ok(!items.some(({ kind, id }) => kind === 'agent' && id === agent.id), 'Not the agent');
      const { label, id } = fixture.targets!.agent;
      const found = await telephony.directory!(label.slice(0, 4).toLowerCase());
      ok(
        found.items.some((one) => one.id === id),
        'By the beginning of the name',
      );
      equal((await telephony.directory!('nobody has this name')).items, [], 'nobody');
    },
  },
  {
    title: 'A16 the directory tells who is available and how many calls wait, or tells nothing about it',
    needs: ['directory'],
    async run(fixture) {
      await connected(fixture);
      for (const { kind, label, presence, waiting } of (await fixture.telephony.directory!('')).items) {
        const isWord = presence === undefined || ['available', 'busy', 'away'].includes(presence);
        ok(isWord && (presence === undefined || kind === 'agent'), `The availability of ${label}`);
        const isCount = waiting === undefined || (Number.isInteger(waiting) && waiting >= 0);
        ok(isCount && (waiting === undefined || kind === 'queue'), `The waiting calls of ${label}`);
      }
    },
  },
  {
    title: 'A12 the statistics are numbers',
    needs: ['statistics'],
    async run(fixture) {
      await connected(fixture);
      const values = Object.values(await fixture.telephony.statistics!());
      ok(values.length > 0 && values.every((value) => Number.isFinite(value)), 'Numbers');
    },
  },
];
