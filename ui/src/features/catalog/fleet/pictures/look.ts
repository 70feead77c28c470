/** What charts are drawn with: the window's own colours as they are now. */
export type Look = { ink: string; muted: string; line: string; raised: string; outline: string; font: string }

export function lookNow(): Look {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: of('--ink'),
    muted: of('--ink-3'),
    line: of('--hairline'),
    raised: of('--raised'),
    outline: of('--outline'),
    font: getComputedStyle(document.body).fontFamily,
  }
}

/** Neighbours differ in both themes. */
const SERIES = ['#8a94a3', '#4a9db5', '#6d7fd0', '#8a6fb8', '#c2567a', '#b7791f', '#3f8f6b'] as const
export const seriesColour = (at: number): string => SERIES[at % SERIES.length] ?? SERIES[0]
