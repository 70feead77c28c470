import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Button } from '../shared/Button'
import { useText } from '../shared/text'
import { chooseTheme, chosenTheme, type Theme } from '../theme/theme'

const ICONS = { system: Monitor, light: Sun, dark: Moon }
const THEMES: Theme[] = ['system', 'light', 'dark']

export function ThemeMenu() {
  const { t } = useText()
  const [theme, setTheme] = useState(chosenTheme)
  const Icon = ICONS[theme]
  const choose = (chosen: Theme) => {
    chooseTheme(chosen)
    setTheme(chosen)
  }
  return (
    <MenuTrigger>
      <Button variant="quiet" icon={<Icon size={16} />} aria-label={t('theme.label')} data-testid="theme" />
      <Popover className="popover" placement="bottom end">
        <Menu
          className="menu"
          aria-label={t('theme.label')}
          selectionMode="single"
          selectedKeys={[theme]}
          onAction={(key) => choose(key as Theme)}
        >
          {THEMES.map((name) => {
            const Item = ICONS[name]
            return (
              <MenuItem key={name} id={name} className="menu-item" textValue={t(`theme.${name}`)}>
                <Item size={14} aria-hidden />
                {t(`theme.${name}`)}
              </MenuItem>
            )
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
