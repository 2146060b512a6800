/** `align`: the cross axis (chatkit-api 6.2). */
export const alignCss = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  baseline: 'baseline',
  stretch: 'stretch',
} as const;
export type Align = keyof typeof alignCss;
export const alignNames = Object.keys(alignCss) as [Align, ...Align[]];

/** `justify`: the main axis. */
export const justifyCss = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  between: 'space-between',
  around: 'space-around',
  evenly: 'space-evenly',
  stretch: 'stretch',
} as const;
export type Justify = keyof typeof justifyCss;
export const justifyNames = Object.keys(justifyCss) as [Justify, ...Justify[]];

export const wrapNames = ['nowrap', 'wrap', 'wrap-reverse'] as const;
export const textAlignNames = ['start', 'center', 'end'] as const;
