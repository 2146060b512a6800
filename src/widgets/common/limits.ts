/** Limits of a drawn widget. What lies beyond is not drawn, and the drawing says so. */
export interface WidgetLimits {
  /** Levels of components; the root is the first. */
  readonly depth: number;
  /** Components. */
  readonly nodes: number;
  /** Problems that are listed. */
  readonly problems: number;
}

export const widgetLimits: WidgetLimits = { depth: 100, nodes: 5_000, problems: 500 };

/** Entries of one list (options, chart rows, series) that are read. */
export const maxListEntries = 2_000;
