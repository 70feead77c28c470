import '../../shared/search.css'
import { Search, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { ComboBox, Input, ListBox, ListBoxItem, Button as PlainButton, Popover } from 'react-aria-components'
import type { DomainCounts } from '../../ipc/client'
import { useText } from '../../shared/text'
import { useTenants } from '../tenants/api'
import { suggestions } from './suggest'

type Props = { text: string; onText: (text: string) => void; counts: DomainCounts | undefined }

/** The search, with what can be said in it: `tenant:`, `state:`, `kind:`, words and patterns. */
export function DomainSearch({ text, onText, counts }: Props) {
  const words = useText()
  const { t } = words
  const [isOpen, setOpen] = useState(false)
  const isOfTenant = /tenant:\S*$/i.test(text)
  const tenants = useTenants(isOfTenant).data
  const items = useMemo(() => suggestions(words, text, tenants, counts), [words, text, tenants, counts])
  return (
    <ComboBox
      className="search"
      aria-label={t('domains.search')}
      allowsCustomValue
      items={items}
      defaultFilter={() => true}
      onOpenChange={setOpen}
      inputValue={text}
      onInputChange={onText}
      selectedKey={null}
      onSelectionChange={(key) => key !== null && onText(String(key))}
    >
      <Search size={14} aria-hidden />
      <Input
        placeholder={t('domains.search')}
        title={t('domains.search.hint')}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || isOpen || text === '') return
          event.preventDefault()
          onText('')
        }}
        data-testid="search"
        data-search
        spellCheck={false}
        autoComplete="off"
      />
      {text && (
        <PlainButton
          slot={null}
          className="search-clear"
          aria-label={t('search.clear')}
          excludeFromTabOrder
          onPress={() => onText('')}
        >
          <X size={14} />
        </PlainButton>
      )}
      <Popover className="popover suggest" offset={4}>
        <ListBox className="menu" aria-label={t('suggest.label')}>
          {({ id, word, hint, count }: (typeof items)[number]) => (
            <ListBoxItem id={id} className="menu-item" textValue={id} data-testid={`suggest-${word}`}>
              <bdi className="mono">{word}</bdi>
              <bdi className="muted cut grow">{hint}</bdi>
              {count !== undefined && <span className="muted">{words.number(count)}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
