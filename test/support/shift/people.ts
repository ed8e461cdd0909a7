/** Of the embedded CRM's sample: one contact has it, several have it, nobody has it; one is abroad. */
export const numbers = [
  '+14155552671',
  '+14155550132',
  '+442079460321',
  '+16285550143',
  '+14155559999',
  '+4930231255044',
];
