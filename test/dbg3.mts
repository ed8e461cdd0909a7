import { rareMoments } from './support/simulation/rare-moments.js';
import { SimStore } from './support/simulation/sim-store.js';
const seed = Number(process.argv[2]), pat = new RegExp(process.argv[3]!);
const proto = SimStore.prototype as any; const orig = proto.apply;

proto.apply = function (c: any) {
  const done = orig.call(this, c);
  if (c.table === 'outbox') for (const [w, l] of [['add', c.add], ['put', c.put]] as any) for (const r of l ?? []) if (pat.test(r.id)) console.log(w, r.id, r.value.state, 'ep', c.epoch, w==='add' ? (done?.added.some((a:any)=>a.id===r.id)?'NEW':'known') : '', done ? '' : 'REFUSED', r.value.failure?.code ?? '', r.value.since);
  if (c.table === 'outbox') for (const id of c.remove ?? []) if (pat.test(id)) console.log('remove', id, 'ep', c.epoch, done ? (done.behind ? 'BEHIND' : '') : 'REFUSED', c.upTo);
  return done;
};
const r = await rareMoments(seed);
console.log(r.violations);
