import type { Panel } from '../panel-context.js';
import { PanelScreen } from '../screens/panel-screen.js';
import { recordsShown, recordsStatus, type RecordsStatus } from './records-status.js';

/** A part that shows the status of the records. It renders again when a record becomes late, which no event reports. */
export abstract class RecordsPart extends PanelScreen {
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override isShown(): boolean {
    return true;
  }

  protected override shows(panel: Panel): readonly unknown[] {
    return recordsShown(panel);
  }

  protected get status(): RecordsStatus {
    const status = recordsStatus(this.panel);
    clearTimeout(this.#timer);
    if (status.lateIn !== undefined) this.#timer = setTimeout(() => this.requestUpdate(), status.lateIn + 1);
    return status;
  }

  protected readonly toggleList = (): void => this.panel.showRecords(!this.panel.recordsOpen);
}
