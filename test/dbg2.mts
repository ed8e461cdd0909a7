import { rareMoments } from './support/simulation/rare-moments.js';
const sum: Record<string, number> = {};
const [a,b]=process.argv.slice(2).map(Number);
for (let seed = a!; seed < b!; seed++) {
  const { counts, violations } = await rareMoments(seed);
  for (const [k,v] of Object.entries(counts)) sum[k]=(sum[k]??0)+v;
  if (violations.length) console.log(seed, violations.slice(0,4));
}
for (const k of Object.keys(sum).sort()) if (/→|event/.test(k)) console.log(k,sum[k]);
