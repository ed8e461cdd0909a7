import { assign, fromPromise, setup } from 'xstate';
import type { Page } from '../domain/contact.js';
import { toFailure, type Failure } from '../domain/failure.js';

/** The lists that a platform may have. The platform's capabilities name its lists. */
export type ListName = 'history' | 'voicemails' | 'directory' | 'statistics';

export interface ListQuery {
  /** The search text, only for the directory. */
  text: string;
  page?: string;
}

export interface ListContext {
  text: string;
  items: readonly unknown[];
  next?: string;
  failure?: Failure;
  /** R18: the change that the agent has asked for, and its failure. */
  asked?: { id: string; as: 'read' | 'closed' };
  markFailure?: { id: string; failure: Failure };
}

export type ListCommand =
  | { type: 'open' | 'retry' | 'more' | 'refresh' }
  | { type: 'search'; text: string }
  | { type: 'mark'; id: string; as: 'read' | 'closed' };

const notProvided = () => Promise.reject(new Error('This actor is not provided.'));

/**
 * One of the platform's lists, page by page.
 *
 *   idle ─ open ─▶ loading ─▶ shown ─ more ─▶ adding ─▶ shown | notAdded ─ retry ─▶ adding
 *                    │  ▲ ▲      │ refresh, search
 *                    ▼  │ └──────┘
 *                  failed retry
 *
 * In parallel, `marking` marks one item at a time. After each mark, the machine reads the list again.
 */
export const listMachine = setup({
  types: { context: {} as ListContext, events: {} as ListCommand },
  actors: {
    load: fromPromise<Page<unknown>, ListQuery>(notProvided),
    mark: fromPromise<void, { id: string; as: 'read' | 'closed' }>(notProvided),
  },
}).createMachine({
  id: 'list',
  context: { text: '', items: [] },
  type: 'parallel',
  states: {
    items: {
      initial: 'idle',
      on: {
        search: { target: '.loading', actions: assign({ text: ({ event }) => event.text }) },
        refresh: '.loading',
      },
      states: {
        idle: { on: { open: 'loading', refresh: {} } },
        loading: {
          entry: assign({ failure: undefined }),
          invoke: {
            src: 'load',
            input: ({ context }) => ({ text: context.text }),
            onDone: {
              target: 'shown',
              actions: assign(({ event: { output } }) => ({ items: output.items, next: output.next })),
            },
            onError: { target: 'failed', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
          },
        },
        shown: {
          on: {
            open: 'loading',
            more: { guard: ({ context }) => context.next !== undefined, target: 'adding' },
          },
        },
        adding: {
          entry: assign({ failure: undefined }),
          invoke: {
            src: 'load',
            input: ({ context: { text, next } }) => ({ text, page: next || undefined }),
            onDone: {
              target: 'shown',
              actions: assign(({ context, event: { output } }) => ({
                items: [...context.items, ...output.items],
                next: output.next,
              })),
            },
            onError: { target: 'notAdded', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
          },
        },
        notAdded: { on: { retry: 'adding', open: 'loading' } },
        failed: { on: { retry: 'loading', open: 'loading' } },
      },
    },
    marking: {
      initial: 'idle',
      states: {
        idle: {
          on: {
            mark: {
              target: 'asking',
              actions: assign(({ event: { id, as } }) => ({ asked: { id, as }, markFailure: undefined })),
            },
          },
        },
        asking: {
          invoke: {
            src: 'mark',
            input: ({ context }) => context.asked!,
            onDone: { target: 'idle', actions: assign({ asked: undefined }) },
            onError: {
              target: 'idle',
              actions: assign(({ context, event }) => ({
                markFailure: { id: context.asked!.id, failure: toFailure(event.error) },
                asked: undefined,
              })),
            },
          },
        },
      },
    },
  },
});

/** The list for a screen. The old items stay while the list is read again. */
export interface ListView<Item> {
  /** `idle`: no screen has opened the list yet. */
  state: 'idle' | 'loading' | 'shown' | 'failed';
  items: readonly Item[];
  more: boolean;
  adding: boolean;
  failure: Failure | undefined;
  marking: string | undefined;
  markFailure: ListContext['markFailure'];
}

export function listView<Item>({ value, context }: { value: unknown; context: ListContext }): ListView<Item> {
  const { items } = value as { items: string };
  const { next, failure, asked, markFailure } = context;
  return {
    state: items === 'adding' || items === 'notAdded' ? 'shown' : (items as ListView<Item>['state']),
    items: context.items as readonly Item[],
    more: next !== undefined,
    adding: items === 'adding',
    failure,
    marking: asked?.id,
    markFailure,
  };
}
