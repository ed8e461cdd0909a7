import type { ContactSeed } from './memory-data.js';

/**
 * The numbers are as users typed them. `days` are the days since the contact was created. `identifier` is the id in the
 * shop's app.
 */
type Row = [id: string, name: string, numbers: string[], email: string, days: number, identifier?: string];

const rows: readonly Row[] = [
  ['2001', 'Mia Chen', ['(415) 555 2671', '+1 415 555 0198'], 'mia.chen@brightwater.example', 212, 'usr_88410'],
  ['2002', 'Dana Hollis', ['415.555.0132 x 12'], 'dana@hollis-cycles.example', 1460],
  ['2003', 'Marcus Hollis', ['+1 415 555 0132'], 'marcus@hollis-cycles.example', 1455],
  ['2004', 'Ruth Hollis-Abernathy', ['(415) 555-0132', '+1 628 555 0117'], 'ruth@hollis-cycles.example', 38],
  ['2005', 'Oliver Whitcombe', ['0044 20 7946 0958'], 'o.whitcombe@thames-and-field.example', 640],
  ['2006', 'Siobhán Ní Bhriain', ['+44 20 7946 0321'], 'siobhan.nibhriain@kilmore.example', 95, 'usr_90127'],
  ['2007', '王秀英', ['+1 (628) 555-0143'], 'xiuying.wang@lantern-bay.example', 71, 'usr_91355'],
  ['2008', 'Jürgen Großmann', ['+49 30 23125 044', '030 23125144'], 'juergen.grossmann@spreebogen.example', 803],
  ['2009', 'Amélie Fontaine-Desrosiers', ['+33 1 99 00 12 34'], 'amelie.fd@quai-dix.example', 154],
  [
    '2010',
    'Maximiliane Freifrau von Hohenstein-Wittgensberg zu Altenkirchen-Neuhausen',
    ['+49 (0)30 23125-871'],
    'maximiliane.von.hohenstein-wittgensberg@gut-altenkirchen-verwaltung.example',
    310,
  ],
  ['2011', 'محمد الفارسي', ['+44 20 7946 0612'], 'm.alfarsi@marlow-imports.example', 19],
  ['2012', 'Наталья Соколова', ['+1-347-555-0175', '+1 347 555 0176'], 'n.sokolova@harborline.example', 402],
  ['2013', 'Priyadarshini Venkataramanan', ['+1 510.555.0109'], 'priya.v@orchard-labs.example', 267, 'usr_77021'],
  ['2014', 'Tom Baker', [], 'tom.baker@postbox.example', 8],
  [
    '2015',
    'Łukasz Żółkiewski',
    ['+1 312 555 0164', '312-555-0165', '+1 312 555 0166 ext. 4'],
    'lukasz@windy.example',
    530,
  ],
  ['2016', 'Hotel Kestrel (front desk)', ['tel:+1-702-555-0120'], 'frontdesk@hotel-kestrel.example', 1120],
  [
    '2017',
    'Courier Co-op Dispatch',
    ['+1 206 555 0181', '+1 206 555 0182', '+1 206 555 0183', '2065550184'],
    'dispatch@courier-coop.example',
    920,
  ],
  ['2018', '佐藤 美咲', ['+1 808 555 0137'], 'misaki.sato@aloha-rides.example', 44],
  ['2019', 'Ana Lucía Fernández de la Vega', ['+1 (305) 555-0191'], 'analucia@delavega.example', 12, 'usr_94410'],
  ['2020', 'Giulia Rossi', ['1 646 555 0128'], 'giulia.rossi@navigli.example', 185],
  ['2021', 'Kwame Owusu-Ansah', ['020 7946 0744', '+44 20 7946 0745'], 'kwame@owusu-ansah.example', 77],
  ['2022', 'Éric Lefèvre', ['01.99.00.45.67', '+33 1 99 00 45 67'], 'eric.lefevre@maison-lefevre.example', 365],
  ['2023', 'Chloé Lefèvre', ['+33 1 99 00 45 67'], 'chloe.lefevre@maison-lefevre.example', 364],
  ['2024', 'Grace O’Malley', ['(617) 555-0155'], 'grace.omalley@harbor-town.example', 3],
];

const day = 86_400_000;

/** The customers of Velora. `now` is in milliseconds since the epoch. */
export function sampleContacts(now: number): readonly ContactSeed[] {
  return rows.map(([id, name, phoneNumbers, email, days, identifier]) => ({
    id,
    name,
    phoneNumbers,
    email,
    identifier,
    createdAt: new Date(now - days * day).toISOString(),
  }));
}
