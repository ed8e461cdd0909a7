export interface Toast {
  id: number;
  text: string;
  kind: 'notice' | 'alert' | 'error';
}

/** Milliseconds for which a notification is shown. */
const stays = 7000;

/** The notifications that the app, or the shell itself, shows. */
export class Toasts {
  readonly shown: Toast[] = [];
  readonly #changed: () => void;
  #last = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  show(text: string, kind: Toast['kind'] = 'notice', sticky = false) {
    const id = ++this.#last;
    this.shown.push({ id, text, kind });
    if (!sticky) setTimeout(() => this.close(id), stays);
    this.#changed();
    return id;
  }

  close(id: number) {
    const index = this.shown.findIndex((toast) => toast.id === id);
    if (index >= 0) this.shown.splice(index, 1);
    this.#changed();
  }
}
