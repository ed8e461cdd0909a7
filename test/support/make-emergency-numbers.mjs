// Writes src/domain/emergency-numbers.ts from google-libphonenumber: node test/support/make-emergency-numbers.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import oracle from 'google-libphonenumber';

const shortNumbers = oracle.ShortNumberInfo.getInstance();
const file = fileURLToPath(new URL('../../src/domain/emergency-numbers.ts', import.meta.url));

/** Every number of two to six digits, with leading zeros. */
function* candidates() {
  for (let length = 2; length <= 6; length++) {
    for (let value = 0; value < 10 ** length; value++) yield String(value).padStart(length, '0');
  }
}

/** The regions of each emergency number by google-libphonenumber, both in order. */
export function emergencyNumbersOfOracle() {
  const regions = [...shortNumbers.getSupportedRegions()].filter((region) => /^[A-Z]{2}$/.test(region)).sort();
  const patterns = new Set();
  for (const region of regions) {
    const pattern = shortNumbers.getMetadataForRegion_(region)?.getEmergency()?.getNationalNumberPattern();
    if (pattern) patterns.add(pattern);
  }
  // One expression excludes most of the million candidates. google-libphonenumber decides about the others.
  const any = new RegExp(`^(?:${[...patterns].join('|')})$`);
  const table = {};
  for (const number of candidates()) {
    if (!any.test(number)) continue;
    const having = regions.filter((region) => shortNumbers.isEmergencyNumber(number, region));
    if (having.length) table[number] = having.join('');
  }
  return table;
}

/** The source of the committed table. */
export function sourceOf(table) {
  const rows = Object.entries(table).sort(([a], [b]) => a.localeCompare(b));
  const lines = rows.map(([number, regions]) => `${number} ${regions}`);
  return [
    '// Made by test/support/make-emergency-numbers.mjs from google-libphonenumber. Do not edit.',
    '',
    '/** A line for each emergency number: the number, and the ISO codes of the countries that have it, two letters each. */',
    'export const emergencyNumbers = `',
    ...lines,
    '`;',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = sourceOf(emergencyNumbersOfOracle());
  if (process.argv.includes('--check')) process.exitCode = readFileSync(file, 'utf8') === source ? 0 : 1;
  else writeFileSync(file, source);
}
