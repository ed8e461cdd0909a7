/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { Combobox } from '../../src/element/parts/combobox.js';
import { defineOnce } from '../../src/element/register.js';
import { press, see } from '../support/roles.js';

defineOnce('ccai-combobox', Combobox);

describe('the combobox', () => {
  afterEach(() => document.body.replaceChildren());

  for (const [text, prefix, width, isWhole] of [
    ['14px', '#4706', '288px', true],
    ['14px', '#1234567890123', '218px', true],
    ['28px', '#1234567890123', '218px', false],
  ] as const)
    it(`Q6 ${prefix} at ${text} in ${width}: ${isWhole ? 'on one line' : 'wraps, as it is wider than its row'}`, async () => {
      const box = document.createElement('ccai-combobox') as Combobox;
      const label = 'A subject that is longer than any line of the panel will ever be, whatever it is about';
      const details = ['updated three days ago, by somebody else'];
      Object.assign(box, {
        label: 'Ticket ID',
        value: '1',
        options: [{ value: '1', label, prefix, badge: 'Pending', details }],
      });
      Object.assign(box.style, { width, fontSize: text });
      for (const name of ['--_size', '--_small']) box.style.setProperty(name, text);
      document.body.append(box);
      await press(box, 'combobox', 'Ticket ID');
      await see(box, 'option', /A subject/);
      const prefixes = [...box.renderRoot.querySelectorAll<HTMLElement>('.digits')].filter(
        (one) => one.textContent === prefix,
      );
      expect(prefixes).to.have.length(2);
      const heights = prefixes.map((one) => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight));
      for (const [at, lines] of heights.entries())
        if (isWhole) expect(lines).to.be.below(1.5);
        else expect(prefixes[at]!.offsetWidth).to.be.at.most(prefixes[at]!.parentElement!.clientWidth);
      for (const one of prefixes) expect(one.scrollWidth).to.be.at.most(one.clientWidth + 1, 'nothing is cut');
    });
});
