/** Numbers of the embedded CRM's sample: of one contact, of several, of none, and one from abroad. */
export const numbers = [
  '+14155552671',
  '+14155550132',
  '+442079460321',
  '+16285550143',
  '+14155559999',
  '+4930231255044',
];
