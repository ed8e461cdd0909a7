import { perObject } from '../../domain/cached.js';
import type { OutboundContext } from './outbound-context.js';
import { outboundForm, readDraft, type LookUps, type OutboundForm } from './form.js';
import type { OutboundSnapshot } from '../agent/screen-view.js';

/** The data of the details screen. */
export interface DetailsView {
  context: OutboundContext;
  form: OutboundForm;
  lookUps: LookUps;
  search: 'idle' | 'looking' | 'failed';
  confirming: boolean;
  takingBack: 'asking' | 'unanswered' | undefined;
}

/** `asking`: earlier plans are being cancelled. `unanswered`: the platform has not answered for one of them. */
export function takingBackOf(outbound: OutboundSnapshot): DetailsView['takingBack'] {
  if (!outbound.matches({ filling: { screen: 'takingBack' } })) return undefined;
  return outbound.matches({ filling: { screen: { takingBack: 'asking' } } }) ? 'asking' : 'unanswered';
}

export const detailsView = perObject((outbound: OutboundSnapshot): DetailsView => {
  const { context } = outbound;
  const lookUpState = (name: keyof LookUps): LookUps['contacts'] =>
    outbound.matches({ filling: { [name]: 'looking' } } as never)
      ? 'looking'
      : outbound.matches({ filling: { [name]: 'failed' } } as never)
        ? 'failed'
        : 'idle';
  const lookUps = { entry: lookUpState('entry'), contacts: lookUpState('contacts'), tickets: lookUpState('tickets') };
  const searching =
    outbound.matches({ filling: { search: 'pausing' } }) || outbound.matches({ filling: { search: 'looking' } });
  return {
    context,
    form: outboundForm(context, lookUps),
    lookUps,
    search: searching ? 'looking' : outbound.matches({ filling: { search: 'failed' } }) ? 'failed' : 'idle',
    confirming: outbound.matches({ filling: { screen: 'confirming' } }),
    takingBack: takingBackOf(outbound),
  };
});

export interface NumberEntryView extends ReturnType<typeof readDraft> {
  text: string;
  country: string;
  /** Whether the details screen has opened number entry, so that Back leads to the details screen. */
  editing: boolean;
}

export const numberEntryView = (outbound: OutboundSnapshot): NumberEntryView => ({
  ...readDraft(outbound.context),
  text: outbound.context.draftText,
  country: outbound.context.country,
  editing: outbound.matches('filling'),
});
