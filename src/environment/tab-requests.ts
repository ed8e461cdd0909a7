import type { TabChannel } from './environment.js';

type Message<Request, Answer> =
  { type: 'request'; id: string; request: Request } | { type: 'answer'; id: string; answer: Answer };

export interface TabRequestsOptions<Request, Answer> {
  channel: TabChannel;
  random: () => string;
  /** Answers another tab's request. Returns or resolves with undefined if this tab does not answer the request. */
  answer: (request: Request) => Promise<Answer | undefined> | undefined;
}

/** Requests and answers between the tabs of one agent. Requests and answers are JSON. */
export class TabRequests<Request, Answer> {
  readonly #options: TabRequestsOptions<Request, Answer>;
  readonly #unanswered = new Map<string, { request: Request; resolve: (answer: Answer) => void }>();

  constructor(options: TabRequestsOptions<Request, Answer>) {
    this.#options = options;
    options.channel.subscribe((message) => void this.#receive(message as Message<Request, Answer>));
  }

  /** Resolves with the first answer, however late. `signal` withdraws the request. */
  ask(request: Request, signal?: AbortSignal): Promise<Answer> {
    const id = this.#options.random();
    signal?.addEventListener('abort', () => this.#unanswered.delete(id));
    return new Promise((resolve) => {
      this.#unanswered.set(id, { request, resolve });
      this.#post({ type: 'request', id, request });
    });
  }

  /** Sends unanswered requests again, because a tab that can answer has appeared. */
  repeat(): void {
    for (const [id, { request }] of this.#unanswered) this.#post({ type: 'request', id, request });
  }

  /** Answers this tab's own open requests, because this tab can now answer them itself. */
  answerHere(answer: (request: Request) => Promise<Answer | undefined>): void {
    for (const [id, { request }] of this.#unanswered)
      void answer(request).then((value) => value !== undefined && this.#settle(id, value));
  }

  async #receive(message: Message<Request, Answer>): Promise<void> {
    if (message.type === 'answer') return this.#settle(message.id, message.answer);
    if (message.type !== 'request') return;
    const answer = await this.#options.answer(message.request);
    if (answer !== undefined) this.#post({ type: 'answer', id: message.id, answer });
  }

  #settle(id: string, answer: Answer): void {
    this.#unanswered.get(id)?.resolve(answer);
    this.#unanswered.delete(id);
  }

  #post(message: Message<Request, Answer>): void {
    this.#options.channel.post(message);
  }
}
