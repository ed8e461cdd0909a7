/** If two offsets differ by more milliseconds than this, one of the clocks was set. */
const jump = 5000;

/**
 * A lower bound of the server's time, from the Date headers of the server's responses. The server wrote each response
 * in or after the second that the header names, and before the client read the response.
 */
export class ServerClock {
  #offset: number | undefined;

  /** `now`: the steady clock's time, in milliseconds, when the response was read. */
  update(date: string | undefined, now: number): void {
    const serverNow = date === undefined ? NaN : Date.parse(date);
    if (Number.isNaN(serverNow)) return;
    const offset = serverNow - now;
    if (this.#offset === undefined || offset > this.#offset || offset < this.#offset - jump) this.#offset = offset;
  }

  /** Milliseconds since 1970; undefined before the first Date header. */
  atLeast(now: number): number | undefined {
    return this.#offset === undefined ? undefined : now + this.#offset;
  }
}
