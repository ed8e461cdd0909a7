import type { CrmRecords } from '../crm/crm-host.js';
import type { ContractCase } from './contract-suite.js';
import type { RecordsFixture } from './crm-fixture.js';
import { equal, isTimeZone, ok } from './expect.js';

/** The contract for capabilities, agents, teams and the account. */
export const staffCases = (capabilities: CrmRecords['capabilities']): readonly ContractCase<RecordsFixture>[] => [
  {
    title: 'the capabilities are the expected ones',
    async run({ host }) {
      equal([...host.capabilities].sort(), [...capabilities].sort(), 'capabilities');
    },
  },
  {
    title: 'findAgents finds the agent by id, and listTeams names the teams',
    needs: ['agents'],
    async run({ host, agentId }) {
      const found = await host.findAgents!({ ids: [agentId] });
      equal(
        found.map(({ id }) => id),
        [agentId],
        'by id',
      );
      const named = await host.findAgents!({ text: found[0]!.name });
      ok(
        named.some(({ id }) => id === agentId),
        'by name',
      );
      equal(await host.findAgents!({ ids: ['987654321987'] }), [], 'nobody');
      ok(
        (await host.listTeams!()).every(({ id, name }) => id && name),
        'Teams have id and name',
      );
    },
  },
  {
    title: 'S17 getAccount names a time zone of the IANA database, or none',
    async run({ host }) {
      const { timeZone, locale } = (await host.getAccount?.()) ?? {};
      ok(timeZone === undefined || isTimeZone(timeZone), `The time zone ${timeZone}`);
      ok(locale === undefined || (typeof locale === 'string' && locale !== ''), `The locale ${locale}`);
    },
  },
];
