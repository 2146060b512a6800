/** `Radius` names as CSS (chatkit-api 6.2). */
export const radiusCss = {
  '2xs': '2px',
  xs: '4px',
  sm: '6px',
  md: '8px',
  lg: '10px',
  xl: '12px',
  '2xl': '16px',
  '3xl': '20px',
  '4xl': '24px',
  full: '9999px',
  '100%': '100%',
  none: '0px',
} as const;

export type Radius = keyof typeof radiusCss;
export const radiusNames = Object.keys(radiusCss) as [Radius, ...Radius[]];
