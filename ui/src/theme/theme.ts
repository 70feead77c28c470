/** Light or dark: the system's choice, unless the user made one. Kept on this machine. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'tenantry.theme'
const dark = () => window.matchMedia('(prefers-color-scheme: dark)')

export function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEY)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export function chooseTheme(theme: Theme) {
  localStorage.setItem(KEY, theme)
  apply()
}

/** Puts the theme on the page and follows the system. */
export function followTheme() {
  apply()
  dark().addEventListener('change', apply)
}

function apply() {
  const theme = chosenTheme()
  const system = dark().matches ? 'dark' : 'light'
  document.documentElement.dataset.theme = theme === 'system' ? system : theme
}
