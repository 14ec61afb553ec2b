/* One answer of the server and its state. Keeps: a late answer to an earlier question is dropped. */
import { ApiFault } from './api';

export class Load<R> {
  value = $state.raw<R | null>(null);
  fault = $state.raw<ApiFault | null>(null);
  busy = $state(false);
  #turn = 0;

  async run(ask: () => Promise<R>): Promise<R | null> {
    const turn = (this.#turn += 1);
    this.busy = true;
    try {
      const value = await ask();
      if (turn !== this.#turn) return null;
      this.value = value;
      this.fault = null;
      return value;
    } catch (cause) {
      if (turn === this.#turn) this.fault = asFault(cause);
      return null;
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }
  clear(): void { this.#turn += 1; this.value = null; this.fault = null; this.busy = false; }
}
export function asFault(cause: unknown): ApiFault | null {
  if (cause instanceof ApiFault) return cause;
  if (cause instanceof DOMException && cause.name === 'AbortError') return null;
  console.error(cause);
  return new ApiFault('other', '', '', 500);
}
