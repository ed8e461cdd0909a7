import type { enCorrection } from './en-correction.js';

export const frCorrection: Record<keyof typeof enCorrection, string> = {
  'correction.title': 'Changer le contact ou le ticket',
  'correction.loading': 'Recherche des contacts et des tickets…',
  'correction.not-loaded': 'Impossible de charger les contacts et les tickets.',
  'correction.failed': 'Rien n’a été changé.',
  'correction.same': 'C’est déjà là que c’est enregistré.',
  'correction.done': 'C’est changé. {crm} le reçoit dans un instant.',
  'correction.saving': 'Changement…',
  'correction.assign': 'Attribuer',
  'failure.not-here': 'Faites-le sur l’ordinateur qui a pris l’appel ou le chat.',
  'failure.not-yours': 'Seul le dernier agent à l’avoir eu peut le changer.',
  'failure.too-late': 'Le changement est possible pendant 24 heures.',
  'failure.changed-since': 'Cela a changé entre-temps. Vérifiez.',
  'failure.ticket-not-live': 'Ce ticket vient d’être résolu ou clos. Choisissez-en un autre.',
  'failure.ticket-of-another': 'Ce ticket est celui d’un autre contact. Choisissez-en un autre.',
  'failure.gone': 'Introuvable dans {crm}. Choisissez autre chose.',
};
