import { css } from 'lit';

/** The styles of a badge: a coloured pill with a ticket's status or another short word. */
export const badgeStyles = css`
  .badge {
    display: inline-block;
    flex: none;
    padding: 0 7px;
    border: 1px solid transparent;
    border-radius: 9px;
    font-size: 11px;
    line-height: 16px;
    font-weight: 600;
    white-space: nowrap;
  }
  .badge.new {
    background: light-dark(#ffecc7, #463610);
    color: light-dark(#6b4300, #ffd68a);
  }
  .badge.open {
    background: light-dark(#fde2df, #4a211d);
    color: light-dark(#8f1d14, #ffb3ab);
  }
  .badge.pending {
    background: light-dark(#deebfc, #1d3454);
    color: light-dark(#134b8d, #a9cdff);
  }
  .badge.hold {
    background: light-dark(#e4e7ea, #343b41);
    color: light-dark(#36424c, #d3dae0);
  }
  .badge.solved {
    background: light-dark(#dcf1e3, #1a3b28);
    color: light-dark(#155a30, #9be0b6);
  }
  .badge.closed {
    border-color: var(--line);
    color: var(--muted);
  }
  .badge.mark {
    background: var(--mark-soft);
    color: var(--mark);
  }
`;
