/** Limits of a rendered widget. Components beyond them are not rendered; a note says so. */
export interface WidgetLimits {
  /** Levels of components; the root is the first. */
  readonly depth: number;
  /** Number of components. */
  readonly nodes: number;
  /** Number of listed problems. */
  readonly problems: number;
}

export const widgetLimits: WidgetLimits = { depth: 100, nodes: 5_000, problems: 500 };

/** Maximum number of entries that are read of one list (options, chart rows, series). */
export const maxListEntries = 2_000;
