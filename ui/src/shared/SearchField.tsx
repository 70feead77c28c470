import './search.css'
import { Search, X } from 'lucide-react'
import { SearchField as AriaSearchField, Button, Input } from 'react-aria-components'
import { useText } from './text'

/** The search of a screen. `/` and Ctrl+F come here; Escape empties it first. */
export function SearchField(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { t } = useText()
  return (
    <AriaSearchField className="search" aria-label={props.label} value={props.value} onChange={props.onChange}>
      <Search size={14} aria-hidden />
      <Input placeholder={props.label} data-testid="search" data-search spellCheck={false} autoComplete="off" />
      {props.value && (
        <Button className="search-clear" aria-label={t('search.clear')}>
          <X size={14} />
        </Button>
      )}
    </AriaSearchField>
  )
}
