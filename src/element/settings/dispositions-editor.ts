import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Disposition } from '../../domain/session.js';
import { screenStyles } from '../styles/screen-styles.js';
import { callIcons } from '../parts/call-icons.js';
import { icons } from '../parts/icons.js';
import { codesOf, edited, inserted, nodesOf, removed, treeOf, type DispositionNode } from './disposition-tree.js';
import { editorStyles } from './editor-styles.js';
import { controlStyles } from './styles.js';
import type { SettingsWords } from './words.js';

const maxDepth = 5;

/** The tree has changed. Empty rows are not part of it. */
export class DispositionsEvent extends Event {
  readonly value: readonly Disposition[];

  constructor(value: readonly Disposition[]) {
    super('dispositions-change');
    this.value = value;
  }
}

/** A tree of codes with labels, at most five levels deep: add, rename, remove (S16). */
export class DispositionsEditor extends LitElement {
  static override styles = [screenStyles, controlStyles, editorStyles];
  static override properties = {
    words: { attribute: false },
    value: { attribute: false },
    disabled: { type: Boolean },
    _nodes: { state: true },
  };

  declare words: SettingsWords;
  declare value: unknown;
  declare disabled: boolean;
  declare protected _nodes: readonly DispositionNode[];
  #sent: unknown;
  #lastId = 0;

  constructor() {
    super();
    this.disabled = false;
    this._nodes = [];
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], input, .add')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value') || (this.value === this.#sent && this.hasUpdated)) return;
    this._nodes = nodesOf(this.value, () => ++this.#lastId);
  }

  #update(nodes: readonly DispositionNode[]): void {
    this._nodes = nodes;
    const tree = treeOf(nodes);
    this.#sent = tree;
    this.dispatchEvent(new DispositionsEvent(tree));
  }

  /** Adds an empty row. The settings change once it has text. */
  async #add(parent?: number): Promise<void> {
    const id = ++this.#lastId;
    this._nodes = inserted(this._nodes, parent, { id, code: '', label: '', children: [] });
    await this.updateComplete;
    this.#row(id)?.querySelector<HTMLElement>('input')?.focus();
  }

  async #remove(id: number): Promise<void> {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('li')];
    const row = this.#row(id)!;
    const beside = row.nextElementSibling ?? row.previousElementSibling ?? row.parentElement?.closest('li');
    const next = rows.find((other) => other === beside)?.dataset['id'];
    this.#update(removed(this._nodes, id));
    await this.updateComplete;
    const target = next ? this.#row(Number(next))?.querySelector<HTMLElement>('.remove') : undefined;
    (target ?? this.renderRoot.querySelector<HTMLElement>(':host > .add, .add'))?.focus();
  }

  #row = (id: number): HTMLElement | null => this.renderRoot.querySelector<HTMLElement>(`li[data-id="${id}"]`);

  #refusal(node: DispositionNode, part: 'code' | 'label', codes: readonly string[]): string {
    const { text } = this.words;
    const blank = !node.code && !node.label && node.children.length === 0;
    if (!blank && node[part] === '') return text('refusal.empty');
    const repeated = part === 'code' && codes.filter((code) => code === node.code).length > 1 && node.code !== '';
    return repeated ? text('refusal.repeated', { value: node.code }) : '';
  }

  #renderInput(node: DispositionNode, part: 'code' | 'label', codes: readonly string[]): TemplateResult {
    const id = `${part}-${node.id}`;
    const refusal = this.#refusal(node, part, codes);
    return html`
      <div class="cell part-${part}">
        <label class="label" for=${id}>${this.words.text(`s16.dispositions.${part}`)}</label>
        <input
          class="input"
          id=${id}
          autocomplete="off"
          .value=${live(node[part])}
          ?disabled=${this.disabled}
          aria-invalid=${refusal ? 'true' : nothing}
          aria-describedby=${refusal ? `${id}-error` : nothing}
          @input=${(event: Event) =>
            this.#update(edited(this._nodes, node.id, { [part]: (event.target as HTMLInputElement).value }))}
        />
        ${refusal ? html`<span class="error" id="${id}-error" role="alert">${refusal}</span>` : nothing}
      </div>
    `;
  }

  #renderNode(node: DispositionNode, level: number, codes: readonly string[]): TemplateResult {
    const { text } = this.words;
    const name = node.label || node.code || text('s16.dispositions.new');
    const full = level >= maxDepth;
    const add = full ? text('s16.dispositions.deepest') : text('s16.dispositions.add-under', { name });
    const remove = text('s16.dispositions.remove', { name });
    return html`
      <li data-id=${node.id}>
        <div class="node">
          <div class="cells">${this.#renderInput(node, 'code', codes)} ${this.#renderInput(node, 'label', codes)}</div>
          <div class="tools">
            <button
              class="button quiet icon-only"
              type="button"
              aria-label=${add}
              title=${add}
              ?disabled=${this.disabled || full}
              @click=${() => this.#add(node.id)}
            >
              ${callIcons.plus}
            </button>
            <button
              class="button quiet icon-only remove"
              type="button"
              aria-label=${remove}
              title=${remove}
              ?disabled=${this.disabled}
              @click=${() => this.#remove(node.id)}
            >
              ${icons.close}
            </button>
          </div>
        </div>
        ${this.#renderNodes(node.children, level + 1, codes)}
      </li>
    `;
  }

  #renderNodes(nodes: readonly DispositionNode[], level: number, codes: readonly string[]): unknown {
    if (nodes.length === 0) return nothing;
    return html`<ul class="list">
      ${nodes.map((node) => this.#renderNode(node, level, codes))}
    </ul>`;
  }

  protected override render(): TemplateResult {
    const { words, disabled } = this;
    return html`
      ${
        this._nodes.length > 0
          ? this.#renderNodes(this._nodes, 1, codesOf(this._nodes))
          : html`<p class="small">${words.text('s16.dispositions.empty')}</p>`
      }
      <button class="button quiet add" type="button" ?disabled=${disabled} @click=${() => this.#add()}>
        ${callIcons.plus}${words.text('s16.dispositions.add')}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-settings-dispositions': DispositionsEditor;
  }
}
