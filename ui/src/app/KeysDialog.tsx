import { Button } from '../shared/Button'
import { Dialog } from '../shared/Dialog'
import { useText } from '../shared/text'
import { SCREENS } from './Rail'

const isMac = navigator.userAgent.includes('Mac')
const HELD = isMac ? '⌘' : 'Ctrl'

const KEYS = [
  ['keys.new', [`${HELD} N`]],
  ['keys.many', [`${HELD} Shift N`]],
  ['keys.search', ['/', `${HELD} F`]],
  ['keys.who', [`${HELD} Shift H`]],
  ['keys.undo', [`${HELD} Z`]],
  ['keys.close', ['Esc']],
  ['keys.screens', [`${HELD} 1`, '…', `${HELD} ${SCREENS.length}`]],
  ['keys.grid', ['↑', '↓', '←', '→', 'Home', 'End', 'PgUp', 'PgDn']],
  ['keys.grid.enter', ['Enter']],
  ['keys.grid.choose', ['Space', 'Shift ↓', `${HELD} A`]],
  ['keys.grid.menu', ['Shift F10']],
  ['keys.help', ['?']],
] as const

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useText()
  return (
    <Dialog title={t('keys.title')} isOpen={isOpen} onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([text, keys]) => (
          <div key={text}>
            <dt>{t(text)}</dt>
            <dd>{keys.map((key) => (key === '…' ? key : <kbd key={key}>{key}</kbd>))}</dd>
          </div>
        ))}
      </dl>
      <footer className="pane-foot">
        <Button onPress={onClose}>{t('app.close')}</Button>
      </footer>
    </Dialog>
  )
}
